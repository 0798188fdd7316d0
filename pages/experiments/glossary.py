"""What does each word mean, and in which of the two fields?"""

from pages.ui.glossary import glossary
from pages.ui.question import question

SLUG = "glossary"

question(SLUG)
glossary()
