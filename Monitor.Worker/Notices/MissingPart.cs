namespace Monitor.Worker.Notices;

/// <summary>What a notice cannot be without.</summary>
public enum NoticePart
{
    /// <summary>The issuing agency is no longer configured.</summary>
    Agency,
    LegalBasis,

    /// <summary>The platform's profile names no way to reach it.</summary>
    Channel,

    /// <summary>The channel has no address yet.</summary>
    Address,

    /// <summary>smtp.from.</summary>
    Sender,
    Case,
    Target,

    /// <summary>Nobody is configured to whom it could be passed.</summary>
    Addressee,

    /// <summary>What the platform acts on (requires in its profile), of one page.</summary>
    Post,
    Account,
    MediaUrl,
    Digest,

    /// <summary>The template cannot be rendered.</summary>
    Template,

    /// <summary>The machine-readable report breaks a rule of its schema.</summary>
    Xarf,
}

/// <param name="Detail">Which page, or what the engine says; empty where the part says it all.</param>
public sealed record MissingPart(NoticePart Part, string Detail = "")
{
    /// <summary>As refusals and the custody log carry it: the part, and the detail behind a bar.</summary>
    public override string ToString() => Detail.Length == 0 ? Part.ToString() : $"{Part}|{Detail}";
}
