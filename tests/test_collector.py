"""The collector of cycles is paused within, and left as it was found."""

import gc

import pytest

from cda_tools import read, validate
from cda_tools.collector import collector_paused
from cda_tools.validation import running
from cda_tools.validation.layers import Checked, Layer


@pytest.fixture(autouse=True)
def _as_it_was():
    yield
    gc.enable()


@pytest.mark.parametrize("kept", [False, True])
def test_it_is_off_within_and_on_again(kept):
    with collector_paused(kept=kept):
        assert not gc.isenabled()
        with collector_paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_is_on_again_after_an_error():
    with pytest.raises(ValueError, match="lost"), collector_paused():
        raise ValueError("lost")
    assert gc.isenabled()


@pytest.mark.parametrize("kept", [False, True])
def test_whoever_had_it_off_keeps_it_off(kept):
    gc.disable()
    with collector_paused(kept=kept):
        pass
    assert not gc.isenabled()


def test_validation_pauses_it_for_all_layers(monkeypatch):
    during = []

    def check(_):
        during.append(gc.isenabled())
        return Checked()

    layers = tuple(Layer(name, order, check) for order, name in enumerate(("xsd", "versions")))
    monkeypatch.setattr(running, "layers", lambda: layers)
    validate(read("fixtures/gazelle/sans-setid.xml"))
    assert during == [False, False]
    assert gc.isenabled()
