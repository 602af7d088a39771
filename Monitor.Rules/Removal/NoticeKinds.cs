namespace Monitor.Rules.Removal;

/// <summary>What a sentence, a title or a page says of itself.</summary>
[Flags]
public enum NoticeKinds
{
    None = 0,

    /// <summary>Not found, does not exist.</summary>
    Missing = 1 << 0,

    /// <summary>Was deleted, was taken down.</summary>
    Removed = 1 << 1,

    /// <summary>The numeral 404 or 410.</summary>
    Numeral = 1 << 2,
    Suspended = 1 << 3,
    Private = 1 << 4,
    Login = 1 << 5,
    Age = 1 << 6,

    /// <summary>Speaks of the visitor's place, or is a provider's block page.</summary>
    Geo = 1 << 7,
    Captcha = 1 << 8,
    Bot = 1 << 9,
    RateLimit = 1 << 10,
    Maintenance = 1 << 11,
    Parked = 1 << 12,

    /// <summary>Speaks of rights holders, courts or the law; legal removal only together with Removed, Missing or Suspended.</summary>
    Legal = 1 << 13,
    ServerFault = 1 << 14,

    Gone = Missing | Removed | Numeral,
    Walls = Private | Login | Age | Geo | Captcha | Bot | RateLimit,
}
