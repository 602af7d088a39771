using System.Collections.Frozen;

namespace Monitor.Rules.Removal;

/// <summary>Why an observation was judged as it was. Written in kebab-case in files and output (<see cref="LivenessReasons"/>).</summary>
public enum LivenessReason
{
    Alive,
    AliveWith404Words,
    MediaStillServed,
    MediaOnly,
    Gone410,
    NotFound404,
    Soft404,
    Tombstone,
    Legal451,
    AccountSuspended,
    RedirectHome,
    Parked,
    DnsNxdomain,
    ServerError,
    RateLimited,
    BotWall,
    LoginWall,
    AgeGate,
    GeoBlocked,
    Private,
    Captcha,
    Maintenance,
    Timeout,
    TransportError,
    Forbidden,
    OperatorPage,
    JavaScriptShell,
    MediaChanged,
    NotWatchedByUs,
    Unreadable,
    HumanSawGone,
    HumanSawLive,
}

public static class LivenessReasons
{
    private static readonly FrozenDictionary<LivenessReason, string> Names =
        Enum.GetValues<LivenessReason>().ToFrozenDictionary(reason => reason, Kebab);

    public static string Name(this LivenessReason reason) => Names[reason];

    public static string Name(this Liveness liveness) => liveness switch
    {
        Liveness.Live => "live",
        Liveness.Partial => "partial",
        Liveness.Restricted => "restricted",
        Liveness.Gone => "gone",
        Liveness.ProbablyGone => "probably-gone",
        Liveness.Inconclusive => "inconclusive",
    };

    private static string Kebab(LivenessReason reason)
    {
        var name = reason.ToString();
        var text = new System.Text.StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            var startsWord = i > 0 && (char.IsUpper(name[i]) || (char.IsDigit(name[i]) && !char.IsDigit(name[i - 1])));
            // "AliveWith404Words" → alive-with-404-words, "Gone410" → gone-410, "Soft404" → soft-404
            if (startsWord)
            {
                text.Append('-');
            }

            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }
}
