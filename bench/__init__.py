"""Measurements of the whole lab on the machine that runs them; `python -m bench --list` names them."""
