namespace Monitor.Worker.Notices;

/// <summary>How rendering a notice ended.</summary>
public abstract record NoticeRendering
{
    private NoticeRendering()
    {
    }

    /// <param name="Subject">One line, at most 200 characters.</param>
    /// <param name="Body">Plain text, lines end in \n.</param>
    public sealed record Rendered(string Subject, string Body) : NoticeRendering;

    /// <param name="Reason">In English, for the log and the person who keeps the templates; names no value of the model.</param>
    public sealed record Failed(string Reason) : NoticeRendering;
}
