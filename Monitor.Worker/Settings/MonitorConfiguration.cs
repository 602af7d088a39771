using Monitor.Rules.RuleSets;
using Monitor.Rules.Sharing;
using Monitor.Rules.Takedowns;
using Monitor.Rules.WatchLists;

namespace Monitor.Worker.Settings;

/// <summary>One consistent, validated reading of the whole configuration directory. Immutable: a change makes a new one.</summary>
public sealed record MonitorConfiguration
{
    public required InstallationSettings Installation { get; init; }

    public required IReadOnlyDictionary<string, Agency> Agencies { get; init; }

    public required IReadOnlyDictionary<string, Person> People { get; init; }

    public required IReadOnlyDictionary<string, LegalBasis> LegalBases { get; init; }

    public required IReadOnlyDictionary<string, WatchList> WatchLists { get; init; }

    public required IReadOnlyDictionary<string, RuleSet> RuleSets { get; init; }

    /// <summary>What each rule set was read from, by its name.</summary>
    public IReadOnlyDictionary<string, RuleSetSource> RuleSources { get; init; } = new Dictionary<string, RuleSetSource>(StringComparer.Ordinal);

    public required IReadOnlyDictionary<string, PlatformProfile> Platforms { get; init; }

    /// <summary>"takedown.vi" → template. See <see cref="NoticeTemplateSource"/>.</summary>
    public required IReadOnlyDictionary<string, NoticeTemplateSource> NoticeTemplates { get; init; }

    /// <summary>SHA-256 (lower hex) over the names and bytes of all files read, in name order: which configuration was in force.</summary>
    public required string Fingerprint { get; init; }
}

/// <summary>A Liquid template: a first line "Subject: …", a blank line, then the body.</summary>
public sealed record NoticeTemplateSource(string Name, string Language, string Subject, string Body);
