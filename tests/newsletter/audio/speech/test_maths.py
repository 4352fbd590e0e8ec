"""Formulas, and what a person reading to another would say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.newsletter.audio.speech.maths import DEEPEST, MOST_WORDS, say_maths

TABLE = [
    ("x", "X"),
    ("a", "eigh"),
    ("x^2 + y^3 = z^n", "X squared plus Y cubed equals Z to the N"),
    ("x_i", "X sub I"),
    (r"x_{t+1}^2", "X sub T plus one, squared"),
    (r"\frac{1}{2}", "one half"),
    (r"\frac{a}{b}", "eigh over B"),
    (r"\frac{a+b}{2} \le c", "the fraction eigh plus B, over two, is at most C"),
    (r"\sum_{i=1}^{n} x_i", "the sum over I from one to N of X sub I"),
    (r"\sum_{s'} P(s' | s, a)", "the sum over S prime of P of S prime given S, eigh"),
    (r"\int_0^1 f(x)\,dx", "the integral from zero to one of F of X D X"),
    (r"\lim_{x \to \infty} f(x)", "the limit as X goes to infinity of F of X"),
    (r"\max_{a \in A} Q(s, a)", "the maximum over eigh in capital eigh of Q of S, eigh"),
    (r"\operatorname{arg\,max}_\theta L", "the arg max over theta of L"),
    (r"\arg\min_x f(x)", "the arg min over X of F of X"),
    (r"\mathbb{E}_{x \sim p}[f(x)]", "the expectation over X is distributed as P, of F of X"),
    (r"\mathbb{R}^n", "the reals to the N"),
    (r"\Pr(A \mid B)", "the probability of eigh given B"),
    (r"D_{\mathrm{KL}}(p \| q)", "D sub KL of P relative to Q"),
    (r"\pi^*(a|s)", "pi star of eigh given S"),
    (r"\nabla_\theta J(\theta)", "the gradient with respect to theta of J of theta"),
    (r"\frac{\partial f}{\partial x}", "partial F over partial X"),
    (r"\hat{\theta}_n", "theta hat sub N"),
    (r"x^{(i)}", "X superscript I"),
    (r"A^\top B", "eigh transpose B"),
    (r"10^{-5}", "ten to the minus five"),
    (r"90^\circ", "ninety degrees"),
    (r"\sqrt{x+1}", "the square root of X plus one"),
    (r"\sqrt[3]{x}", "the cube root of X"),
    (r"\|x\|_2", "the norm of X sub two"),
    (r"|x - y| > 0", "the absolute value of X minus Y, is greater than zero"),
    (r"\{x \mid x > 0\}", "the set of X such that X is greater than zero"),
    (r"x \in \{0, 1\}", "X in the set zero, one"),
    ("[0, 1]", "the interval from zero to one"),
    ("(a+b)c", "the quantity eigh plus B, C"),
    ("(u_1 - d_1)(u_2 - d_2)", "the quantity U sub one minus D sub one, times the quantity U sub two minus D sub two"),  # noqa: E501
    ("2(x+1)", "two times the quantity X plus one"),
    (r"x_{\max} \ge x_\min", "X sub max is at least X sub min"),
    (r"P(x \,|\, y)", "P of X given Y"),
    (r"p\left(x \,\middle|\, \theta\right)", "P of X given theta"),
    (r"\gamma^t r_t", "gamma to the T R sub T"),
    (r"O(|S|^2 |A|)", "O of the absolute value of S squared times the absolute value of eigh"),
    (r"P(a \mid |x|)", "P of eigh given the absolute value of X"),
    (r"P(|x| | y)", "P of the absolute value of X given Y"),
    (r"p(a|b) p(c|d)", "P of eigh given B, P of C given D"),
    (r"\mathbf{1}(x > 0)", "the indicator of X is greater than zero"),
    (r"\begin{aligned} x &= 1 \\ y &= 2 \end{aligned}", "X equals one, Y equals two"),
    (r"Q \leftarrow r", "Q becomes R"),
    (r"{n \choose k}", "N choose K"),
    ("(s, a)", "S, eigh"),
    (r"n! \ge \binom{n}{k}", "N factorial is at least N choose K"),
    (r"\lfloor x \rfloor", "the floor of X"),
    (r"\begin{pmatrix} 1 & 0 \\ 0 & 1 \end{pmatrix}", "the matrix with row one: one, zero; row two: zero, one"),  # noqa: E501
    (r"\begin{cases} 1 & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}", "one, if X is greater than zero, zero, otherwise"),  # noqa: E501
    (r"\text{reward} = r_t", "reward equals R sub T"),
    (r"O(n \log n)", "O of N log N"),
    (r"\log_2 n", "log base two N"),
    (r"f: X \to Y", "F: X to Y"),
    (r"95\%", "ninety-five percent"),
    (r"\$5", "five dollars"),
    (r"N = 1{,}000.5", "N equals one thousand point five"),
    (r"\alpha, \Gamma, \xi", "alpha, capital gamma, zai"),
    ("x² ≤ y₁", "X squared is at most Y sub one"),
    ("x + X", "X plus capital X"),
    (r"\left( \frac{a}{b} \right)^n", "the quantity eigh over B, to the N"),
    (r"\gamma = 0.99", "gamma equals zero point nine nine"),
    (r"\epsilon\text{-greedy}", "epsilon greedy"),
]  # fmt: skip


@pytest.mark.parametrize(("latex", "said"), TABLE)
def test_what_is_said(latex, said):
    assert say_maths(latex) == said


@pytest.mark.parametrize(
    "latex",
    ["", "x_{", r"\unknown{x}", "}", r"\frac{1}", r"\begin{cases} 1", "|x", "{" * 5000, "\\"],
)
def test_what_cannot_be_read_is_not_guessed_at(latex):
    assert say_maths(latex, otherwise="a formula on the page") == "a formula on the page"


def test_formulas_that_take_too_long_are_left_to_the_eye():
    assert len(say_maths("+".join("x" * (MOST_WORDS // 2))).split()) == MOST_WORDS - 1
    assert say_maths("+".join("x" * MOST_WORDS)) == "a formula"


def test_nesting_has_an_end():
    assert say_maths("{" * (DEEPEST - 1) + "x" + "}" * (DEEPEST - 1)) == "X"
    assert say_maths("{" * DEEPEST + "x" + "}" * DEEPEST) == "a formula"


@given(st.text(st.sampled_from("xaA1.^_{}()[]|\\ ,&'+-=<>!~²ξ"), max_size=30))
def test_any_signs_are_said_or_left(latex):
    assert say_maths(latex)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_different_numbers_are_said_differently(a, b):
    assert (say_maths(f"x_{{{a}}} = {b}") == say_maths(f"x_{{{b}}} = {a}")) == (a == b)


def test_text_inside_is_said_by_the_rules_of_text():
    assert say_maths(r"r_\text{RL}", prose=lambda text: text.lower()) == "R sub rl"
