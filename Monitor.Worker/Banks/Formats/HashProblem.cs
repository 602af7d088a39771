namespace Monitor.Worker.Banks.Formats;

/// <summary>Why a line or item of a list could not be used.</summary>
public enum HashProblem
{
    /// <summary>A character that is no hex digit.</summary>
    NotHex,

    /// <summary>Hex digits, but their number fits no kind, or not the kind it is said to be.</summary>
    WrongLength,

    /// <summary>Longer than any line of a hash list, or a quotation mark that is never closed.</summary>
    LineTooLong,

    /// <summary>There is no hash.</summary>
    HashMissing,

    /// <summary>64 hex digits may be SHA-256 or PDQ: the list, or --kind, must say which.</summary>
    KindNeeded,

    /// <summary>A kind of hash that has no name here.</summary>
    KindUnknown,

    /// <summary>Fewer columns than asked for.</summary>
    ColumnMissing,

    /// <summary>Not positive, negative or disputed.</summary>
    OpinionUnknown,

    /// <summary>Not 0 … 100.</summary>
    QualityUnknown,

    /// <summary>Neither an addition nor a removal.</summary>
    OperationUnknown,
}
