namespace Monitor.Worker.Notices;

/// <summary>The notices there are; each needs a template in every language.</summary>
public static class NoticeKinds
{
    public const string Takedown = "takedown";

    /// <summary>The page is gone, a copy of the media is still served.</summary>
    public const string Media = "media";
    public const string Reminder = "reminder";

    /// <summary>An earlier notice was sent in error.</summary>
    public const string Retraction = "retraction";

    /// <summary>A rung of the ladder: to somebody who was not asked before.</summary>
    public const string Escalation = "escalation";

    /// <summary>To the national authority that is competent where our agency is not.</summary>
    public const string Relay = "relay";

    public static IReadOnlyList<string> All { get; } = [Takedown, Media, Reminder, Retraction, Escalation, Relay];

    public static IReadOnlyList<string> Languages { get; } = ["vi", "en"];

    /// <summary>"takedown.vi", "takedown.en" …</summary>
    public static IReadOnlyList<string> TemplateNames { get; } = [.. All.SelectMany(kind => Languages.Select(language => $"{kind}.{language}"))];
}
