using System.Globalization;
using System.Text.Json;

namespace Monitor.Tests.Process;

/// <summary>
/// The people of an installation, each act a call of the program of its own. Remembers what was acknowledged: that, and nothing else, must be
/// found afterwards.
/// </summary>
internal sealed class PeopleAtTheCommandLine(Installation installation, Random dice)
{
    private int _imports;

    /// <summary>Report id → target id.</summary>
    public Dictionary<string, string> Reports { get; } = [];

    /// <summary>Case id → notice id.</summary>
    public Dictionary<string, string> Verified { get; } = [];

    public HashSet<string> Approved { get; } = [];

    public HashSet<string> Observations { get; } = [];

    public HashSet<string> Acknowledged { get; } = [];

    public int Refused { get; private set; }

    /// <summary>Does the next useful thing. True when it was acknowledged.</summary>
    public async Task<bool> ActAsync(CancellationToken cancellation)
    {
        switch (dice.Next(6))
        {
            case 0:
                return await ImportAsync(cancellation);
            case 1:
                return await InspectAsync(cancellation);
            default:
                return await ApproveAsync(cancellation) || await VerifyAsync(cancellation) || await ImportAsync(cancellation);
        }
    }

    public async Task<bool> ImportBankAsync(CancellationToken cancellation)
    {
        var answer = await installation.CliAsync(cancellation, "hashes", "import", "--bank", "demo-known", "--kind", "sha256", installation.At("known.txt"), "--as", "an.nguyen", "--json");
        return Told(answer);
    }

    /// <summary>One page of the world, in one of the forms people report it in.</summary>
    public async Task<bool> ImportAsync(CancellationToken cancellation, bool quickly = false)
    {
        var platforms = installation.World.Platforms;
        var first = platforms[_imports % platforms.Count].Target.IntakeUrls[0];
        var other = platforms[dice.Next(Math.Min(platforms.Count, _imports + 1))].Target;
        var file = installation.At($"flagged-{_imports++.ToString(CultureInfo.InvariantCulture)}.csv");
        await File.WriteAllTextAsync(file, $"url,ghi chú\r\n{first},\"gọi điện báo, sẽ bổ sung\"\r\n{other.IntakeUrls[^1]},\r\n", cancellation);
        string[] words = ["intake", "import", file, "--watchlist", "demo", "--as", "an.nguyen", "--json"];
        var answer = quickly ? await installation.CallAsync(cancellation, words) : await installation.CliAsync(cancellation, words);
        if (!Told(answer))
        {
            return false;
        }

        foreach (var line in answer.Lines.Where(line => line.TryGetProperty("reportId", out _)))
        {
            Reports.Add(line.GetProperty("reportId").GetString()!, line.GetProperty("targetId").GetString()!);
        }

        return true;
    }

    public async Task<bool> VerifyAsync(CancellationToken cancellation)
    {
        var cases = await installation.CallAsync(cancellation, "cases", "list", "--state", "AwaitingTriage", "--json");
        var known = cases.Exit == 0
            ? cases.Lines.Where(one => one.GetProperty("reasons").EnumerateArray().Any(reason => reason.GetString()!.StartsWith("bank:", StringComparison.Ordinal))).Select(one => one.GetProperty("id").GetString()!).FirstOrDefault()
            : null;
        if (known is null)
        {
            return false;
        }

        var answer = await installation.CliAsync(cancellation, "cases", "verify", known, "--reason", "đã đối chiếu", "--as", "binh.tran", "--json");
        if (!Told(answer))
        {
            return false;
        }

        Verified[known] = answer.Lines.Single().GetProperty("notice").GetString()!;
        return true;
    }

    public async Task<bool> ApproveAsync(CancellationToken cancellation)
    {
        var drafts = await installation.CallAsync(cancellation, "takedowns", "list", "--to-approve", "--json");
        if (drafts.Exit != 0 || drafts.Lines.Count == 0)
        {
            return false;
        }

        var notice = drafts.Lines[0].GetProperty("id").GetString()!;
        var answer = await installation.CliAsync(cancellation, "takedowns", "approve", notice, "--as", "chi.le", "--json");
        return Told(answer) && Approved.Add(notice);
    }

    public async Task<bool> InspectAsync(CancellationToken cancellation)
    {
        if (Reports.Count == 0)
        {
            return false;
        }

        var target = Reports.Values.ElementAt(dice.Next(Reports.Count));
        var answer = await installation.CliAsync(cancellation, "targets", "inspect", target, "--allow-loopback-targets", "--json");
        if (!Told(answer))
        {
            return false;
        }

        if (answer.Lines.Single().TryGetProperty("observation", out var observation))
        {
            Assert.True(Observations.Add(observation.GetString()!), "one observation was told twice");
        }

        return true;
    }

    public async Task<string?> DangerAsync(CancellationToken cancellation)
    {
        var answer = await installation.CliAsync(cancellation, "intake", "add", installation.World.Platforms[0].Target.IntakeUrls[0], "--danger", "--watchlist", "demo", "--as", "an.nguyen", "--json");
        // 1: taken in, and said loudly that the alert did not leave yet.
        if (answer.Exit != 1 && !Told(answer))
        {
            return null;
        }

        var receipt = answer.Lines.Single();
        Reports.Add(receipt.GetProperty("reportId").GetString()!, receipt.GetProperty("targetId").GetString()!);
        return "A000001";
    }

    public async Task<bool> AcknowledgeAsync(string alert, CancellationToken cancellation) =>
        Told(await installation.CliAsync(cancellation, "alerts", "ack", alert, "--as", "dung.pham", "--json")) && Acknowledged.Add(alert);

    /// <summary>0: acknowledged. Otherwise it may have happened or not; what it must not be is an answer nobody can act on.</summary>
    private bool Told(Answer answer)
    {
        if (answer.Exit == 0)
        {
            return true;
        }

        Refused++;
        // 5: the owner died or is another one-off verb; 4: somebody (a call that was not acknowledged) did it before.
        Assert.True(answer.Exit is 4 or 5, $"exit {answer.Exit}: {answer.Output}{answer.Error}");
        Assert.NotEmpty(answer.Error);
        return false;
    }
}
