"""Words that give away the furniture of a page: what stands around an article, not in it."""

from __future__ import annotations

import re

_STARTS = (
    r"share (?:this|link|on|via|article|story)|share:|share$|tweet$|e-?mail$|print$|copy link"
    r"|see also\b|read (?:more|also|next|the full|here)|related(?: articles?| stor| content| news"
    r"|:|$)|also read|more on this|more from|more stories|recommended(?: for you|:|$)|you may also"
    r"|you might also|don['’]t miss|most (?:read|popular|viewed|shared|recent)|trending|top stories"
    r"|editor['’]?s['’]? (?:choice|picks?)|latest (?:news|stories|posts)|what to read next"
    r"|sign up|signup|subscribe|join (?:now|us|our|the conversation|the discussion)|newsletter"
    r"|get (?:the|our|daily|breaking|in\.)|stay (?:on top|informed|up to date|connected)|follow us"
    r"|follow @|like us on|download (?:the|our)|free report|log ?in|sign in|register(?: now|$)"
    r"|already a subscriber|become a member|support (?:our|independent)|donate|advertis|sponsored"
    r"|promoted|ad$|skip to|jump to|back to top|menu$|search$|home$|close$|loading|please wait"
    r"|enable javascript|your browser|cookies?\b|we (?:use|value|and our partners)"
    r"|accept (?:all|cookies)|manage (?:preferences|consent)|privacy policy|terms of use"
    r"|copyright\b|©|all rights reserved|disclaimer|disclosure:|the post .{3,300} appeared first"
    r"|from .{3,60}https?://|via [A-Z]{4,}$|post navigation|leave a (?:comment|reply)"
    r"|post a comment|comments?(?: \(\d+\)|:|$)|view comments|\d+ comments?$|show comments"
    r"|click here|tap here|watch(?: now|:| live)|listen(?: now|:| to this)|photo(?:s|graph)? by"
    r"|image(?: source| credit|:)|photo:|video:|read here|continue reading|advertisement|tags?:"
    r"|topics?:|filed under|categories|previous (?:article|post)|next (?:article|post)|scroll"
    r"|now share your opinion|have your say|vote\b.{0,30}$|poll:|in this post:|table of contents"
    r"|save your spot|\(?reporting by|\(?editing by|our standards:|licensing rights"
    r"|this (?:article|story) (?:was|has been|originally) .{0,40}(?:published|generated|updated)"
    r"|this content is|save your (?:spot|seat)|© \d{4}|#{3,}$|\*{3,}$|get ahead|we move faster"
    r"|markets move fast"
    r"|for immediate release|press (?:release|statement)$|gift this article"
    r"|listen to article|min(?:ute)?s? read|\d+ min(?:ute)?s? read"
)
_START = re.compile(rf"[\W_]*(?:{_STARTS})", re.I)
_ANYWHERE = re.compile(
    r"subscribe to (?:our|the|get|cryptopolitan)|straight to your inbox|daily updates in your inbox"
    r"|(?:is|are|not) (?:intended as |meant as )?(?:trading|investment|financial|legal) advice"
    r"|holds? no (?:liability|responsibility)|appeared first on|all rights reserved"
    r"|terms (?:of use|and conditions|of service)|privacy policy|use of cookies|ift\.tt/|via ifttt"
    r"|our free newsletter|save your (?:spot|seat)|create (?:an|your free) account"
    r"|to continue reading|(?:app store|google play)\W*$"
    r"|click (?:here|the link)|follow (?:him|her|them|us|me) on|advertis(?:e|ing) with us",
    re.I,
)
_AUTHOR = re.compile(
    r"(?:is|was) (?:an?|the) .{0,80}\b(?:reporter|correspondent|journalist|editor|columnist|"
    r"contributor|writer|fellow|author)\b.{0,120}",
    re.I,
)
_BYLINE = re.compile(
    r"(?:[Bb]y|BY|[Ff]rom)\s+[A-ZÀ-Þ][\w.’'-]+(?:\s+[A-ZÀ-Þ][\w.’'-]*){1,4}(?:(?:,|\s+and|\s+&)\s+"
    r"[A-ZÀ-Þ][\w.’'-]+(?:\s+[A-ZÀ-Þ][\w.’'-]*){1,4})*(?:\W.{0,60})?",
)
_SHORT_AD = re.compile(
    r"newsletter|webinar|webclass|masterclass|giveaway|promo code|free trial", re.I
)
_LONGEST = 600  # characters; longer paragraphs are prose, whatever they start with


def opens_like_furniture(words: str) -> bool:
    """Whether a line starts as furniture does; a feature, not a verdict."""
    return _START.match(words) is not None


def holds_furniture_words(words: str) -> bool:
    """Whether a line holds words that stand in furniture; a feature, not a verdict."""
    return _ANYWHERE.search(words[:2000]) is not None


def is_furniture(words: str) -> bool:
    """Whether a paragraph is furniture by its words alone.

    Examples
    --------
    >>> is_furniture("Share this article"), is_furniture("Share prices fell on Monday.")
    (True, False)
    """
    if len(words) <= 160 and _START.match(words):
        return True
    if len(words) <= _LONGEST and _ANYWHERE.search(words):
        return True
    if len(words) > 80:
        return False
    return _BYLINE.fullmatch(words) is not None or _SHORT_AD.search(words) is not None


def is_author_note(words: str) -> bool:
    """Whether a paragraph tells who the author is; asked of a page's last paragraphs only."""
    return len(words) <= 300 and _AUTHOR.search(words) is not None
