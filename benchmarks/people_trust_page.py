"""What the page about real people says of a trust game, with a place for every figure."""

TEXT = """\
## Trust

{trials:,} returns of {people} trustees under a hidden multiplier. An investor sends some of ten
tokens and believes in a multiplier; the trustee knows the true one and returns what it likes.
Odd trials of both blocks ({odd:,} returns) teach, even ones ({even:,}) are predicted; trials in
which nothing was sent leave nothing to return. comity's prediction is the mean over a person's
posterior over motives, each with logit choice among all whole amounts and with its parameters
integrated out under comity's default prior. Nothing was chosen by how well it predicts.

{errors}

*Error* is the root mean square. *Squared error above* is the paired difference in mean squared
error to the nine motives, with a 95% interval by person that holds for all at once: where it
includes 0 the order may be luck. So the nine motives beat a constant share; that they beat the
published procedure is not sure, and the four published motives alone do not. A regression of
every person's returns on what was sent, received and believed knows no motive and does best:
motives leave out some of what people do.

**Whose motive can be told.** How many people follow each published motive with posterior 0.9,
by the trials that are looked at:

{told}

Either half of the trials alone leaves more people untold than both together, and what is told
of a person at 0.9 holds only if one of these four is its motive. Guilt and inequity ask for the
same return where the multiplier is as the investor believes and all ten tokens were sent: half
of everything. Sending less parts them, and so does a multiplier that surprises the investor.
How much it takes to tell a guilt-averse person from the inequity-averse one that imitates it
best:

{apart}

Against all motives of the catalogue, and one that weighs guilt and inequity at once instead of
following whichever is cheaper, the published four hold fewer people:

{all_told}

That one is an explanation of a dozen lines in the benchmark, added to see what the catalogue
misses; it counts as found in these data and not as confirmed by them.

**Which column is which.** The file has no header. Its eighth column is what was returned: it
never exceeds what was received, and it moves with the true multiplier. The seventh is what the
trustee thinks that the investor expects: it never exceeds what the investor believes there to
be, and hardly moves.

{levels}

Errors of {quoted_published} tokens for the published procedure and {quoted_constant} for a
constant share are quoted for this split. They come about, nearly, with the seventh column taken
for returns; predicting what somebody thinks that the other expects is another task, and an
easier one. In {lost} trials that column exceeds what there was to return. comity names these
rows as faults, so that its own figures leave them out, and those of the yardsticks beside them
too:

{swapped}
"""
