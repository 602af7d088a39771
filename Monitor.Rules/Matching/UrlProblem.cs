namespace Monitor.Rules.Matching;

/// <summary>Why a text is not a URL that may be watched.</summary>
public enum UrlProblem
{
    None,

    /// <summary>Nothing but blanks.</summary>
    Empty,

    /// <summary>Longer than <see cref="CanonicalUrl.MaxLength"/> characters, as written or once encoded.</summary>
    TooLong,

    /// <summary>C0 or C1 control characters, CR and LF among them: header injection or a broken paste, never a URL.</summary>
    ControlCharacters,

    /// <summary>Neither http nor https.</summary>
    UnsupportedScheme,

    /// <summary>A user name or password in front of the host.</summary>
    Credentials,

    /// <summary>No host, or one that no resolver could be asked for.</summary>
    BadHost,

    /// <summary>Not a number from 1 to 65535.</summary>
    BadPort,

    /// <summary>Anything else that is not a URL.</summary>
    Malformed,
}
