namespace Monitor.Worker.Settings;

/// <summary>Whether and how pages of scripts are shown to a browser.</summary>
public sealed record RenderingSettings
{
    /// <summary>Where Debian's packages put it: chromium-headless-shell is the lighter one; the launcher in /usr/bin adds flags and extensions of its own.</summary>
    public static IReadOnlyList<string> UsualPlaces { get; } = ["/usr/lib/chromium/chromium-headless-shell", "/usr/lib/chromium/chromium", "/usr/bin/chromium"];

    public RenderingUse Enabled { get; init; } = RenderingUse.Auto;

    /// <summary>Path of the browser; empty: the first of <see cref="UsualPlaces"/>.</summary>
    public string Chromium { get; init; } = "";

    /// <summary>For one page, without waiting for hosts' turns.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Parts of one page that are asked for.</summary>
    public int MaxRequests { get; init; } = 150;

    /// <summary>Of all parts of one page together.</summary>
    public int MaxMegabytes { get; init; } = 32;

    /// <summary>Resident memory of one browser with all its processes; beyond it is ended.</summary>
    public int MaxMemoryMegabytes { get; init; } = 1500;

    /// <summary>Pages at the same time, each in a browser of its own.</summary>
    public int Parallel { get; init; } = 1;

    /// <summary>Measuring services: hosts, with their subdomains, that are told nothing and whose silence means nothing.</summary>
    public IReadOnlyList<string> NeverAsk { get; init; } =
    [
        "google-analytics.com", "analytics.google.com", "doubleclick.net", "clarity.ms", "hotjar.com",
        "mc.yandex.ru", "cloudflareinsights.com", "sentry.io", "newrelic.com", "nr-data.net", "scorecardresearch.com", "analytics.tiktok.com",
    ];
}

public enum RenderingUse
{
    /// <summary>Used where it is found.</summary>
    Auto,
    Off,
}
