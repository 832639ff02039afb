"""How is an audit read, and what can it not tell?"""

from ui import layout, method

layout.frame("Method", "How is an audit read, and what can it not tell?")
method.reading()
method.ruler()
method.levels()
method.terms()
method.limits()
method.methods()
method.scores()
