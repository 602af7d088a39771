namespace Monitor.Rules.Text;

/// <summary>How a place in a text was recognised. The names, in kebab case, are what JSON carries: they stay.</summary>
public enum Technique
{
    /// <summary>Letter for letter.</summary>
    Verbatim,

    /// <summary>Case, composition (NFC or NFD), white space, place of the tone mark.</summary>
    Folded,

    /// <summary>By a rule's pattern.</summary>
    Pattern,

    /// <summary>Zero-width, direction, soft hyphen and other characters that show nothing.</summary>
    Invisible,

    /// <summary>Strokes, lines, dots and other marks laid over the letters.</summary>
    Overlay,

    /// <summary>Letters of other scripts that look the same (Cyrillic, Greek, IPA …).</summary>
    Homoglyph,

    /// <summary>Full-width, mathematical, circled, squared, small-capital and other dressed-up letters.</summary>
    StyledLetters,

    /// <summary>Punctuation, symbols, emoji or spaces between letters or words.</summary>
    Separators,

    /// <summary>Words written together.</summary>
    Joined,

    /// <summary>Letters written more often than the word has them.</summary>
    RepeatedLetters,

    /// <summary>Telex keys as typed: "luwaf".</summary>
    Telex,

    /// <summary>VNI keys as typed: "lu7a2".</summary>
    Vni,

    /// <summary>VIQR: "lu+`a".</summary>
    Viqr,

    /// <summary>Spellings of chat language: k for c, j for gi or i, z for d …</summary>
    Teencode,

    /// <summary>Digits and symbols for letters: "b4c".</summary>
    Leetspeak,

    /// <summary>Letters left out behind a mark that says so: "b*c", "b.lực".</summary>
    Masked,

    /// <summary>Some of the diacritics are missing.</summary>
    PartialDiacritics,

    /// <summary>All of the diacritics are missing.</summary>
    NoDiacritics,

    /// <summary>TCVN 5712 (ABC fonts) read as Windows-1252.</summary>
    Tcvn3,

    /// <summary>VNI for Windows fonts read as Windows-1252.</summary>
    VniWindows,

    /// <summary>VISCII (RFC 1456) read as Windows-1252.</summary>
    Viscii,

    /// <summary>Windows-1258 read as Windows-1252.</summary>
    Windows1258,

    /// <summary>UTF-8 read as Latin-1 or Windows-1252.</summary>
    Utf8AsLatin1,

    /// <summary>Character references of HTML, or percent escapes, inside the words.</summary>
    Entities,

    /// <summary>Tags or comments inside the words.</summary>
    Tags,

    /// <summary>Written backwards behind a direction override.</summary>
    Reversed,
}
