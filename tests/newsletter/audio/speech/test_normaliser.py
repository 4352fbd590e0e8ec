"""A table of what people write and what a listener should hear."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.newsletter.audio.speech.normaliser import LONGEST, Normaliser, tidy

NORMALISER = Normaliser(lexicon={"CGS": "C G S", "Nim": "nimm"}, short="AN")
TABLE = [
    # Addresses
    (
        "See https://www.example.org/posts/abc?x=1, which is long.",
        "See example dot org, which is long.",
    ),
    ("(http://a-b.co.uk:8080/x)", "a-b dot co dot uk"),
    ("www.example.com/a", "example dot com"),
    ("Write to ada.l@example.org!", "Write to ada dot l at example dot org!"),
    ("arXiv:1706.03741v2", "archive one seven zero six, zero three seven four one"),
    ("arXiv: 1706.03741.", "archive one seven zero six, zero three seven four one."),
    ("arXiv:cs/0101001", "archive zero one zero one zero zero one"),
    ("doi:10.1038/nature14236, and more", "D O I, and more"),
    ("DOI 10.1145/3306618.3314226.", "D O I."),
    ("on arXiv", "on archive"),
    # References to issues and lexicon
    ("(AN #12)", "issue twelve"),
    ("AN#140 and XY #7", "issue one hundred forty and X Y number seven"),
    ("CGS is played; Nim's rules", "C G S is played; nimm's rules"),
    ("issue #3", "issue number three"),
    # Abbreviations
    ("e.g. this, i.e. that, etc.", "for example this, that is that, et cetera."),
    ("Smith et al. Then more.", "Smith and others. Then more."),
    ("Smith et al., 2018", "Smith and others, twenty eighteen"),
    ("Smith et al (2018) says", "Smith and others, twenty eighteen, says"),
    ("cats vs. dogs vs mice", "cats versus dogs versus mice"),
    ("i.i.d. samples w.r.t. p", "I I D samples with respect to p"),
    ("true iff false", "true if and only if false"),
    ("and/or", "and or"),
    ("Dr. Lovelace, Ph.D.", "Doctor Lovelace, P H D."),
    ("In the U.S. they", "In the U S they"),
    ("the U.S. The end", "the U S. The end"),
    ("Fig. 3 and pp. 3-5", "figure three and pages three to five"),
    ("No. 5? no.", "number five? no."),
    ("TL;DR: yes", "in short: yes"),
    ("C++ and C#", "C plus plus and C sharp"),
    # Acronyms
    ("AI and AGI", "eigh I and eigh G I"),
    ("MDPs, POMDPs and CNN's", "M D P's, pom D P's and C N N's"),
    ("CIRL at NeurIPS and ICLR", "curl at new-rips and eye clear"),
    ("OpenAI's DQN", "open eigh I's D Q N"),
    ("NASA and REINFORCE", "nasa and Reinforce"),
    ("this is NOT so", "this is not so"),
    ("THE VALUE OF AI SAFETY", "The Value Of eigh I Safety"),
    ("DeepRL and ImageNet", "Deep R L and image net"),
    ("A* and A/B tests", "eigh star and eigh B tests"),
    ("plan A fails", "plan eigh fails"),
    ("A plan fails", "A plan fails"),
    # Numbers
    (
        "12 and 1,956 and 0.05 and .5",
        "twelve and one thousand nine hundred fifty-six and zero point zero five and point five",
    ),
    (
        "in 1999 and 2005 and 2021",
        "in nineteen ninety-nine and two thousand five and twenty twenty-one",
    ),
    ("1,999 games", "one thousand nine hundred ninety-nine games"),
    ("the 1990s and the '90s", "the nineteen nineties and the nineties"),
    ("1st, 2nd, 23rd and 100th", "first, second, twenty-third and one hundredth"),
    ("2017-2019, 2017–19", "twenty seventeen to twenty nineteen, twenty seventeen to nineteen"),
    ("10-20%", "ten to twenty percent"),
    ("10%-20%", "ten to twenty percent"),
    ("5.5% and 1 %", "five point five percent and one percent"),
    ("~5, ≈5 and ±0.5", "about five, about five and plus or minus zero point five"),
    ("< 5, >5, ≤5, >= 5", "less than five, more than five, at most five, at least five"),
    ("p<0.05", "p less than zero point zero five"),
    ("-5 and −5", "minus five and minus five"),
    (
        "10x faster, 3×3 grid, 2 x 3 x 4",
        "ten times faster, three by three grid, two by three by four",
    ),
    (
        "1.2×10^5, 3e-6, 10⁻⁵",
        "one point two times ten to the five, three times ten to the minus six, ten to the minus five",  # noqa: E501
    ),
    ("1/2, 3/4, 7/10 and 24/7", "one half, three quarters, seven out of ten and twenty-four seven"),
    (
        "175B parameters, 10K, 1.5M",
        "one hundred seventy-five billion parameters, ten thousand, one point five million",
    ),
    (
        "5km, 5 km, 1 ms, 80GB",
        "five kilometers, five kilometers, one millisecond, eighty gigabytes",
    ),
    ("20°C", "twenty degrees Celsius"),
    ("$5, $1, $1.50", "five dollars, one dollar, one dollar and fifty cents"),
    ("$10k, €3bn, £20 million", "ten thousand dollars, three billion euros, twenty million pounds"),
    ("$5-10 million", "five to ten million dollars"),
    ("v1.2.3 and version 2.0", "version one point two point three and version two point zero"),
    ("2020-01-15", "January fifteenth, twenty twenty"),
    ("March 5, 2019", "March fifth, twenty nineteen"),
    ("at 3:30pm, 10:05 and 9:00", "at three thirty P M, ten oh five and nine o'clock"),
    ("GPT-3, GPT4 and H100", "G P T three, G P T four and H one hundred"),
    ("a 5-year-old", "a five year-old"),
    ("00012", "zero zero zero one two"),
    # Signs
    ("α-fair and Σ", "alpha fair and capital sigma"),
    ("x² + y³", "x squared plus y cubed"),
    ("H₂O and x₁", "H two O and x sub one"),
    ("A → B", "A to B"),
    ("x ∈ S", "x in S"),
    ("AT&T's offer, by S&P and AT&T.", "eigh T and T's offer, by S and P and eigh T and T."),
    ("NASA&MIT", "nasa and M I T"),
    ("R&D, salt & pepper", "R and D, salt and pepper"),
    ("input/output", "input slash output"),
    ("one — two – three -- four - five", "one, two, three, four, five"),
    ("well-known", "well-known"),
    ("(aside) and [note]", "aside, and, note"),
    ("result(s)", "results"),
    ("“quoted” and ‘single’", "quoted and 'single'"),
    ("wait... what…", "wait, what"),
    ("as shown [1] and [2, 3].", "as shown and."),
    ("👍🏽 good 🎉🎉", "thumbs up good party popper"),
    ("🇫🇷 France", "France"),
    ("✓ done", "yes done"),
    ("snake_case", "snake case"),
    ("#cooperation by @ada", "hashtag cooperation by at ada"),
    ("<b>bold</b> &amp; <script>x</script>", "bold and amp; x"),
    ("[[h@loU]]", "h at lo U"),
    ("café Größe 合作", "café Größe 合作"),
]


@pytest.mark.parametrize(("written", "said"), TABLE)
def test_what_is_said(written, said):
    assert NORMALISER.say(written) == said


@given(st.text(max_size=200))
def test_any_text_is_said_in_one_line_without_digits_or_signs(text):
    said = NORMALISER.say(text)
    assert not re.search(r"[\n\r\t\x00<>{}\[\]()|*_^`~#$%&@\\+=]|[0-9]", said)
    assert said == said.strip()


@given(st.text(st.sampled_from("A1.5,-–%$x× (s)[/]:'e’²α#@AN~<>k B"), max_size=40))
def test_likely_signs_in_any_order_are_said(text):
    assert not re.search(r"[0-9<>\[\]()*#$%@~²]", NORMALISER.say(text))


@given(st.integers(0, 10**9))
def test_no_number_is_lost(n):
    assert NORMALISER.say(f"we saw {n:,} games") != NORMALISER.say(f"we saw {n + 1:,} games")


def test_a_long_text_is_said_whole():
    words = "word " * LONGEST
    assert NORMALISER.say(words).count("word") == LONGEST


def test_a_number_longer_than_python_reads_is_read_by_digits():
    assert NORMALISER.say("7" * 6000).split() == ["seven"] * 6000


def test_other_languages_keep_their_numbers_for_the_voice():
    spanish = Normaliser("es-419", {"CGS": "ce ge ese"}, "AN")
    said = spanish.say("CGS (AN #12): 5% en https://www.example.org/x, y 3.5 — ¡ya! 🎉")
    assert said == "ce ge ese, número 12: 5% en example punto org, y 3.5, ¡ya!"


def test_code_is_said_by_its_parts():
    assert NORMALISER.code("reward_fn()") == "reward fn"
    assert NORMALISER.code("np.argMax(x) == 3") == "np arg Max, x, equals three"
    assert Normaliser("es").code("reward_fn") == "reward_fn"


def test_formulas_of_other_languages_are_left_to_the_page():
    spanish = Normaliser("es")
    assert spanish.maths("x") == "x"
    assert spanish.maths(r"\frac{a}{b}") == "una fórmula que está en la página"


def test_a_lexicon_comes_before_tables():
    assert Normaliser(lexicon={"AI": "machines"}).say("AI's and AIs") == "machines's and eigh I's"


@pytest.mark.parametrize(
    ("words", "clean"),
    [("a ,, b", "a, b"), ("a (, ) .", "a."), (", a :", "a:"), ("a,b", "a, b"), ("a . , b", "a. b")],
)
def test_punctuation_is_single(words, clean):
    assert tidy(words.replace("(", ",").replace(")", ",")) == clean


@pytest.mark.parametrize("piece", ["(", "[ ", ",", " , "])
def test_a_text_of_brackets_alone_takes_no_time(piece):
    assert tidy("a" + piece * 300_000 + ".").startswith("a")
