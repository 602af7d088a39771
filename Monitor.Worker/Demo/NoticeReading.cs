namespace Monitor.Worker.Demo;

/// <summary>What the made-up internet made of a mail.</summary>
/// <param name="Asked">Platforms of which the mail named the page or a picture; empty when it was ignored.</param>
/// <param name="Ignored">Why nothing follows from it, or <see cref="NoticeIgnored.No"/>.</param>
public sealed record NoticeReading(IReadOnlyList<SamplePlatform> Asked, NoticeIgnored Ignored);

public enum NoticeIgnored
{
    No,

    /// <summary>Nobody reads that mailbox.</summary>
    UnknownMailbox,

    /// <summary>The mailbox is read, but the body holds no URL of a page or picture of that platform.</summary>
    NoKnownUrl,
}
