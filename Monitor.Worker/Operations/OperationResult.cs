namespace Monitor.Worker.Operations;

/// <summary>How an operation ended: done, or refused with a reason a person can act on. Nothing was changed by a refusal.</summary>
public abstract record OperationResult<T>
{
    private OperationResult()
    {
    }

    public sealed record Done(T Value) : OperationResult<T>;

    public sealed record Refused(Refusal Refusal) : OperationResult<T>;

    public static implicit operator OperationResult<T>(Refusal refusal) => new Refused(refusal);
}

/// <param name="Code">Key of the message in Diagnostics/Messages (Vietnamese and English).</param>
/// <param name="Arguments">Filled into the message in order.</param>
public sealed record Refusal(RefusalKind Kind, string Code, params IReadOnlyList<string> Arguments)
{
    public static Refusal NotFound(string what, string id) => new(RefusalKind.NotFound, "not-found", what, id);
}

public enum RefusalKind
{
    NotFound,

    /// <summary>The person may not do this.</summary>
    NotAllowed,

    /// <summary>Not possible in the present state.</summary>
    Conflict,

    /// <summary>What was given cannot be used.</summary>
    Invalid,
}
