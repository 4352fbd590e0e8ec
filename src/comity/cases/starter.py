"""A commented Case to start from."""

STARTER = """\
# A Case: one dispute, and how each side sees it. Change the names and numbers to yours, then
#   comity check my-case.toml     says what is wrong, where, and what was expected
#   comity agree my-case.toml     says what the parties can agree on, and whether it would hold
# `comity new` asks the questions instead.

title = "Two flatmates and the evenings"
summary = "Ana practises the drums. Bo studies for an exam."
sources = []                      # where the facts come from

# What is fixed and common to all, before anyone says how they see it.
[frame]
bystanders = ["Mrs Okafor"]       # affected, but not at the table
states = ["exam soon", "exam late"]        # how the world may be; leave out if there is one way
quantities = ["hours of study"]   # facts that all have an interest in; leave out if there are none

[frame.actions]                   # what each party can do. To divide something, use [frame.issues]:
Ana = ["drum at will", "drum till eight"]  #   rent = ["800", "900"]
Bo = ["stay home", "go to the library"]    #   hours = { range = [0, 10] }

# How Ana sees it.
[models.Ana]
prior = { "exam soon" = 0.2, "exam late" = 0.8 }

# A key names what each does, in the order above; "*" is any. The most precise key counts.
[models.Ana.facts."hours of study"]
"*" = 4
"drum at will | stay home" = { "exam soon" = 1, "exam late" = 3 }

[models.Ana.tastes.Ana]           # what outcomes are worth to Ana: her word counts
payoffs = { "drum at will | *" = 3, "drum till eight | *" = 1, "drum till eight | stay home" = 4 }

[models.Ana.tastes.Bo]            # what she thinks they are worth to Bo
weights = { "hours of study" = 1 }         # worth of one hour
payoffs = { "* | stay home" = 1, "* | go to the library" = 0 }

[models.Ana.tastes."Mrs Okafor"]
payoffs = { "drum at will | *" = -1, "drum till eight | *" = 0 }

[models.Ana.uncertainty]          # standard deviations; leave out what is certain
facts = 0.5

# How Bo sees it.
[models.Bo]
prior = { "exam soon" = 0.9, "exam late" = 0.1 }

[models.Bo.facts."hours of study"]
"*" = 4
"drum at will | stay home" = { "exam soon" = 0, "exam late" = 2 }

[models.Bo.tastes.Bo]
weights = { "hours of study" = 1.5 }
payoffs = { "* | stay home" = 1, "* | go to the library" = -1 }

[models.Bo.tastes."Mrs Okafor"]
payoffs = { "drum at will | *" = -3, "drum till eight | *" = 0 }
# Bo states no guess of what Ana values, so her own word is used, and the result says so.

# What both fix before they show each other their views.
[constitution]
facts = "mean"                    # how estimates of facts are combined
prior = "linear"                  # how probabilities are combined
solution = "nash"                 # or kalai-smorodinsky, egalitarian, utilitarian, ...
disagreement = "maximin"          # where bargaining starts
default = "maximin"               # what each does without agreement
enforcement = "binding"           # or self-enforcing

[[constitution.acceptance]]
rule = "gain"                     # accept what is no worse than your default, by your own model
tolerance = 0
"""
"""Read by people, so it states what most files would leave out."""
