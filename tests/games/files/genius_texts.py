"""A small GENIUS domain with two profiles, written for these tests."""

DOMAIN = """<?xml version="1.0" encoding="UTF-8"?>
<negotiation_template>
 <utility_space number_of_issues="3">
  <objective index="0" name="Flat share" type="objective" etype="objective">
   <issue index="2" name="room" type="discrete" etype="discrete" vtype="discrete">
    <item index="1" value="front"/><item index="2" value="back"/>
   </issue>
   <issue index="1" name="rent" type="integer" etype="integer" vtype="integer"
          lowerbound="0" upperbound="4"/>
   <issue index="3" name="cat &amp; dog" type="discrete" etype="discrete" vtype="discrete">
    <item index="1" value="cat"/><item index="2" value="dog"/><item index="3" value="none"/>
   </issue>
  </objective>
 </utility_space>
</negotiation_template>
"""

ANA = """<utility_space type="any" number_of_issues="3">
 <objective index="0" name="Flat share" type="objective" etype="objective">
  <weight index="1" value="0.5"/><weight index="2" value="0.2"/><weight index="3" value="0.3"/>
  <issue index="1" name="rent" type="integer" etype="integer" vtype="integer"
         lowerbound="0" upperbound="4">
   <evaluator ftype="linear" slope="-0.25" offset="1.0"/>
  </issue>
  <issue index="2" name="room" type="discrete" etype="discrete" vtype="discrete">
   <item index="1" value="front" evaluation="4"/><item index="2" value="back" evaluation="1"/>
  </issue>
  <issue index="3" name="cat &amp; dog" type="discrete" etype="discrete" vtype="discrete">
   <item index="1" value="cat" evaluation="1.0"/><item index="2" value="dog" evaluation="0.5"/>
   <item index="3" value="none" evaluation="0"/>
  </issue>
 </objective>
 <reservation value="0.25"/>
 <discount_factor value="0.8"/>
</utility_space>
"""

BO = (
    ANA.replace('slope="-0.25" offset="1.0"', 'slope="0.25" offset="0"')
    .replace('"front" evaluation="4"', '"front" evaluation="2"')
    .replace('"back" evaluation="1"', '"back" evaluation="8"')
    .replace('<reservation value="0.25"/>', "")
    .replace('value="0.8"', 'value="1.0"')
)
