namespace Monitor.Rules.Removal;

/// <summary>What a word or phrase may stand for in a notice. One phrase can hint at several things; none of them is a verdict.</summary>
[Flags]
public enum NoticeHints : ulong
{
    None = 0,

    /// <summary>Words that notices are made of and that say nothing by themselves.</summary>
    Filler = 1UL << 0,

    /// <summary>What can be gone: page, post, video, link.</summary>
    Thing = 1UL << 1,

    /// <summary>User, member, profile, channel.</summary>
    Account = 1UL << 2,

    /// <summary>Website, domain, resource.</summary>
    Site = 1UL << 3,

    /// <summary>A part of an item: comment, attachment, picture in a post.</summary>
    Part = 1UL << 4,
    Negation = 1UL << 5,

    /// <summary>Negations that may follow the verb ("existiert nicht").</summary>
    TrailingNegation = 1UL << 6,

    /// <summary>To find, to exist, to be available: says "missing" with a negation near.</summary>
    Presence = 1UL << 7,

    /// <summary>Participles of deleting: says "removed" without a negation near.</summary>
    Removal = 1UL << 8,
    Missing = 1UL << 9,
    Erased = 1UL << 10,

    /// <summary>404 and 410 as numerals.</summary>
    Numeral = 1UL << 11,
    Deictic = 1UL << 12,

    /// <summary>Signs of a text about something: what is, how to, hundreds of, reported.</summary>
    Narrative = 1UL << 13,
    Private = 1UL << 14,
    Login = 1UL << 15,
    Age = 1UL << 16,
    Geo = 1UL << 17,
    Captcha = 1UL << 18,
    Bot = 1UL << 19,
    Rate = 1UL << 20,
    Maintenance = 1UL << 21,
    Parked = 1UL << 22,

    /// <summary>Rights holders, courts, the law.</summary>
    Legal = 1UL << 23,
    Suspending = 1UL << 24,
    Suspended = 1UL << 25,
    Blocking = 1UL << 26,

    /// <summary>Who blocks for a country: ministry, regulator, provider.</summary>
    Authority = 1UL << 27,

    /// <summary>The visitor: you, your address.</summary>
    Visitor = 1UL << 28,

    /// <summary>A provider's block page, said outright.</summary>
    CourtBlock = 1UL << 29,

    /// <summary>"go back", "check the address": what stands beside a notice.</summary>
    Guide = 1UL << 30,

    /// <summary>"access to": what is blocked is the way, not the thing.</summary>
    Access = 1UL << 31,

    /// <summary>"Log in", "Sign up" alone: a wall only if nothing else is there.</summary>
    WeakLogin = 1UL << 32,
    ServerFault = 1UL << 33,

    /// <summary>An internet provider's name.</summary>
    OperatorBrand = 1UL << 34,
    Script = 1UL << 35,

    /// <summary>The other hints count only in a short sentence of nothing but notice words.</summary>
    Weak = 1UL << 36,

    /// <summary>A proxy's, firewall's or content filter's name.</summary>
    FilterBrand = 1UL << 37,

    /// <summary>"there is no …": says "missing" with a thing or a person close behind.</summary>
    Lack = 1UL << 38,

    /// <summary>A firewall's number for the refusal.</summary>
    FirewallNumber = 1UL << 39,

    /// <summary>Counts only when it is all the sentence says.</summary>
    Alone = 1UL << 40,

    /// <summary>"worldwide", "for everyone": not for some places only.</summary>
    Everywhere = 1UL << 41,

    /// <summary>"temporarily": what follows is not for good.</summary>
    Temporary = 1UL << 42,

    /// <summary>The visitor's own account, not the item's.</summary>
    OwnAccount = 1UL << 43,

    /// <summary>"or": what follows may be another cause.</summary>
    Alternative = 1UL << 44,

    /// <summary>"or" in further languages: some of these words are other words in English or Vietnamese.</summary>
    OtherAlternative = 1UL << 45,

    /// <summary>It is at another address now.</summary>
    Moved = 1UL << 46,

    /// <summary>"mirror", "backup link": the item is offered from elsewhere.</summary>
    Mirror = 1UL << 47,

    /// <summary>"may", "perhaps": a cause is guessed at.</summary>
    Hedge = 1UL << 48,

    /// <summary>Mistyped, renamed: a cause that leaves nothing alive at this address.</summary>
    Stray = 1UL << 49,
}
