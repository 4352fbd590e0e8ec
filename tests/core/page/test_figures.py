from matplotlib.figure import Figure

from comity.core.page.figures import axes, plain_text


def test_given_axes_are_used():
    ax = Figure().add_subplot()
    assert axes(ax) is ax
    assert not ax.spines["top"].get_visible()


def test_fresh_axes_have_the_size():
    assert tuple(axes(size=(3, 2)).figure.get_size_inches()) == (3, 2)


def test_names_are_not_mathematics():
    assert plain_text("a $x$ deal") == r"a \$x\$ deal"
