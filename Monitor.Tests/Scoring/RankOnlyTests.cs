using System.Text;
using System.Text.Json;
using Monitor.Rules.Assessing;
using Monitor.Rules.Cases;
using Monitor.Rules.Removal;
using Monitor.Tests.Cli;
using Monitor.Worker.Cli;
using Monitor.Worker.Operations;
using Monitor.Worker.Ports;
using Monitor.Worker.Scoring;
using Monitor.Worker.Storage;

namespace Monitor.Tests.Scoring;

/// <summary>A score puts pages in order. It changes nothing else, and nothing is missing without it.</summary>
public sealed class RankOnlyTests(TrainedModel model) : IClassFixture<TrainedModel>
{
    [Fact]
    public void A_score_never_passes_what_is_graver_or_more_urgent()
    {
        var soon = TrainedModel.Day.AddHours(1);
        RankedCase[] expected =
        [
            One("C000009", danger: true, Severity.Low),
            One("C000008", danger: false, Severity.Critical, score: 0.01),
            One("C000007", danger: false, Severity.High, soon, 0.1),
            One("C000006", danger: false, Severity.High, soon.AddHours(5), 0.9),
            One("C000005", danger: false, Severity.High, null, 0.9),
            One("C000004", danger: false, Severity.High, null, 0.2),
            One("C000002", danger: false, Severity.High),
            One("C000003", danger: false, Severity.High),
            One("C000001", danger: false, Severity.Medium, soon, 1),
        ];
        Assert.Equal(expected.Select(one => one.Case.Id), expected.Reverse().OrderBy(one => one, CaseRank.Order).Select(one => one.Case.Id));
    }

    [Fact]
    public async Task With_a_model_everything_but_the_score_is_as_without()
    {
        var (without, none) = await InspectedAsync(activate: false);
        var (with, scored) = await InspectedAsync(activate: true);
        Assert.Null(none.Score);
        Assert.InRange(scored.Score!.Value, 0, 1);
        Assert.Equal(model.Trained.Card.Name, scored.ScoredBy);
        Assert.Equal(without, with);
        // Rows without a score, as older programs wrote them, read back; a stored one does too.
        Assert.DoesNotContain("score", Encoding.UTF8.GetString(RowJson.Write(none)), StringComparison.OrdinalIgnoreCase);
        Assert.Null(RowJson.Read<Observation>(RowJson.Write(none)).Score);
        Assert.Equal(scored.Score, RowJson.Read<Observation>(RowJson.Write(scored)).Score);
    }

    /// <summary>The same page, the same words: category, severity, reasons, state, notices and outbox, as one text to compare.</summary>
    private async Task<(string Facts, Observation Seen)> InspectedAsync(bool activate)
    {
        await using var home = new CliHome();
        if (activate)
        {
            await home.LinesAsync("score", "activate", model.Directory, "--as", "quan.tri", "--reason", "mô hình mẫu");
        }

        await home.LinesAsync("intake", "add", CliHome.Page, "--as", "an.nguyen");
        await home.LinesAsync("targets", "inspect", "T000001", "--allow-loopback-targets");
        var row = Assert.Single(await home.LinesAsync("cases", "list", "--rank"));
        Assert.Equal(activate ? JsonValueKind.Number : JsonValueKind.Null, row.GetProperty("score").ValueKind);
        Assert.Equal(activate, (await home.AskAsync("cases", "show", "C000001")).Output.Contains("Điểm (chỉ để xếp thứ tự)", StringComparison.Ordinal));
        await using var house = await home.OpenAsync();
        var @case = (await house.Store.FindCaseAsync("C000001", AgencyScope.All, TestContext.Current.CancellationToken))!;
        var seen = Assert.Single(await house.Store.ObservationsAsync("T000001", 1, 10, TestContext.Current.CancellationToken));
        var target = (await house.Store.FindTargetAsync("T000001", AgencyScope.All, TestContext.Current.CancellationToken))!;
        Assert.Equal(seen.Score, target.Score);
        var requests = await house.Store.RequestsOfTargetAsync("T000001", AgencyScope.All, TestContext.Current.CancellationToken);
        var outbox = await house.Store.NextMessageDueAsync(TestContext.Current.CancellationToken);
        return (JsonSerializer.Serialize(new { @case.Category, @case.Severity, @case.Reasons, @case.State, @case.Danger, requests = requests.Count, outbox, removal = target.Progress.State, target.Attention, seen.Fact.Liveness, findings = seen.Findings, matches = seen.Matches.Count }), seen);
    }

    [Fact]
    public async Task A_model_is_put_in_force_by_a_named_act_and_refused_once_its_files_are_touched()
    {
        await using var home = new CliHome();
        Assert.Equal(ExitCodes.NotFoundOrConflict, (await home.AskAsync("score", "show")).Exit);
        Assert.Equal(ExitCodes.NotFoundOrConflict, (await home.AskAsync("score", "activate", model.Directory, "--as", "an.nguyen", "--reason", "thử")).Exit);
        Assert.Equal(ExitCodes.Usage, (await home.AskAsync("score", "activate", home.At("nowhere"), "--as", "quan.tri", "--reason", "thử")).Exit);
        await home.LinesAsync("score", "activate", model.Directory, "--as", "quan.tri", "--reason", "mô hình mẫu");
        Assert.Equal(model.Trained.Card.ModelSha256, (await home.LinesAsync("score", "show"))[0].GetProperty("model").GetString());

        var input = home.File("pages.jsonl", """
            {"id":"a","text":"ai cần đèn lồng xanh thì ib riêng, hỏi ở telegram @kho_den"}
            {"id":"b"}
            """);
        var explained = await home.LinesAsync("score", "explain", "--input", input);
        Assert.InRange(explained[0].GetProperty("score").GetDouble(), 0, 1);
        Assert.NotEqual(0, explained[0].GetProperty("raising").GetArrayLength());
        Assert.Equal("no text", explained[1].GetProperty("error").GetString());

        var kept = Path.Combine(Assert.Single(Directory.GetDirectories(Path.Combine(home.DataDirectory, ModelFiles.Folder))), ModelCard.ModelFileName);
        var bytes = await File.ReadAllBytesAsync(kept, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(kept, [.. bytes, 0], TestContext.Current.CancellationToken);
        var refused = await home.AskAsync("score", "show", "--lang", "en");
        Assert.Equal(ExitCodes.NotFoundOrConflict, refused.Exit);
        Assert.Contains("model.zip", refused.Error, StringComparison.Ordinal);
        await using (var house = await home.OpenAsync())
        {
            Assert.IsType<ScoringState.Unusable>(house.PageScoring.State);
            Assert.Null(house.PageScoring.Score(new PageOutline(), "đèn lồng xanh", CliHome.Page));
            var entry = Assert.Single(await house.Store.CustodyOfAsync(ScoringOperations.Item, TestContext.Current.CancellationToken));
            Assert.Equal((ScoringOperations.ActivateAct, "quan.tri", "mô hình mẫu"), (entry.Act.Act, entry.Act.Actor, entry.Act.Reason));
            Assert.Equal([model.Scorer.CardDigest, model.Scorer.ModelDigest], entry.Act.Digests);
        }

        // The same model again mends its files; taken out of force, there is none.
        await home.LinesAsync("score", "activate", model.Directory, "--as", "quan.tri", "--reason", "sao chép lại");
        await home.LinesAsync("score", "show");
        await home.LinesAsync("score", "deactivate", "--as", "quan.tri", "--reason", "chờ mô hình mới");
        Assert.Equal(ExitCodes.NotFoundOrConflict, (await home.AskAsync("score", "show")).Exit);
    }

    [Fact]
    public async Task The_command_line_trains_and_measures_from_a_file()
    {
        await using var home = new CliHome();
        var input = home.File("texts.jsonl", Worker.Scoring.Samples.SampleTexts.Jsonl(model.Texts.Where((_, i) => i % 3 == 0)));
        var trained = await home.LinesAsync("score", "train", "--input", input, "--out", home.At("made"), "--folds", "2", "--as", "an.nguyen");
        Assert.Equal(("card", "an.nguyen", "texts.jsonl"), (trained[0].GetProperty("kind").GetString(), trained[0].GetProperty("createdBy").GetString(), trained[0].GetProperty("data").GetProperty("source").GetString()));
        Assert.Equal("metrics", trained[1].GetProperty("kind").GetString());
        var measured = await home.AskAsync("score", "evaluate", "--model", home.At("made"), "--input", input, "--lang", "en");
        Assert.Equal(ExitCodes.Done, measured.Exit);
        Assert.Contains("flatter", measured.Error, StringComparison.Ordinal);
        Assert.Contains("AUC", measured.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Usage, (await home.AskAsync("score", "evaluate")).Exit);
        Assert.Equal(ExitCodes.Usage, (await home.AskAsync("score", "evaluate", "--input", home.File("bad.jsonl", "{}"))).Exit);
    }

    private static RankedCase One(string id, bool danger, Severity severity, DateTimeOffset? deadline = null, double? score = null) => new(
        new Case { Id = id, OwnerAgency = "ict", TargetId = "T" + id[1..], Category = Category.AbuseOrViolence, Severity = severity, OpenedAt = TrainedModel.Day, Danger = danger }, deadline, score);
}
