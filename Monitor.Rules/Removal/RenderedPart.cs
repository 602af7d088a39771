namespace Monitor.Rules.Removal;

/// <summary>One thing that a page asked for while a browser showed it.</summary>
/// <param name="Status">Null when nothing answered, or nobody was asked.</param>
/// <param name="Reason">Why there is no answer, in kebab-case; empty when there is one.</param>
/// <param name="Bytes">Of the body that the page was given.</param>
public sealed record RenderedPart(string Url, string Method, PartKind Kind, PartEnd End, int? Status = null, string Reason = "", long Bytes = 0)
{
    /// <summary>
    /// True when the page went without something that could have changed what it says: an application that is told nothing by its own server
    /// says "not found" as readily as one that is told so. A clear "no such thing" (404, 410) to a question for data is an answer.
    /// </summary>
    public bool LeavesGap => Kind is not (PartKind.Image or PartKind.Font or PartKind.Ping or PartKind.Frame) && End switch
    {
        PartEnd.Answered => Status is >= 400 && !(Status is 404 or 410 && Kind is PartKind.Data or PartKind.Document),
        PartEnd.Failed or PartEnd.Refused => true,
        PartEnd.NeverAsked => false,
    };
}

public enum PartKind
{
    /// <summary>The page itself, or a page that it moved on to.</summary>
    Document,

    /// <summary>A page within the page.</summary>
    Frame,
    Script,
    Style,

    /// <summary>What scripts ask for: XMLHttpRequest, fetch.</summary>
    Data,

    /// <summary>A place-holder is given: the outline needs the address, not the picture.</summary>
    Image,
    Font,
    Media,

    /// <summary>Beacons, reports and prefetching: nothing on the page depends on them.</summary>
    Ping,

    /// <summary>A connection that stays open (WebSocket, EventSource).</summary>
    Stream,
    Other,
}

public enum PartEnd
{
    /// <summary>A server answered, whatever its status.</summary>
    Answered,

    /// <summary>Asked, without an answer.</summary>
    Failed,

    /// <summary>Not asked: it would act, or a limit was met.</summary>
    Refused,

    /// <summary>Not asked: measuring services, which only count visitors.</summary>
    NeverAsked,
}
