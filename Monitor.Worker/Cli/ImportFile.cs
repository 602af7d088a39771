using Monitor.Worker.Intake;
using Monitor.Worker.Operations;

namespace Monitor.Worker.Cli;

/// <summary>Runs a CSV file through intake in batches; every row is answered, none is lost.</summary>
public static class ImportFile
{
    public static async Task<int> RunAsync(CliContext context, House house, Actor actor, string path, string? defaultList, int batchSize, CancellationToken cancellation)
    {
        long taken = 0, joined = 0, bad = 0;
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        using var progress = new ProgressLine(context, Path.GetFileName(path));
        var batch = new List<IntakeItem>(batchSize);
        var opening = await IntakeCsvReader.OpenAsync(stream, cancellation);
        if (opening is not IntakeCsvOpening.Opened { Reader: var reader })
        {
            var why = ((IntakeCsvOpening.Refused)opening).Reason;
            return context.Refuse(new Refusal(RefusalKind.Invalid, "file-unreadable", Path.GetFileName(path), context.Say(why.Vietnamese, why.English)));
        }

        foreach (var column in reader.UnknownColumns)
        {
            context.Err.WriteLine(context.Say($"Cột '{column}' không dùng đến.", $"Column '{column}' is not used."));
        }

        await foreach (var line in reader.ReadAsync(cancellation))
        {
            switch (line)
            {
                case IntakeCsvLine.IntakeRow row:
                    batch.Add(Item(row, defaultList));
                    break;
                case IntakeCsvLine.BadRow problem:
                    bad++;
                    context.Tell(new { line = problem.Line, error = "bad-row", message = context.Say(problem.Reason.Vietnamese, problem.Reason.English) },
                        $"dòng {problem.Line}: {problem.Reason.Vietnamese}",
                        $"line {problem.Line}: {problem.Reason.English}");
                    break;
            }

            if (batch.Count >= batchSize && await TakeAsync() is { } refusal)
            {
                return context.Refuse(refusal);
            }

            progress.Report(stream.Position, stream.Length);
        }

        if (await TakeAsync() is { } last)
        {
            return context.Refuse(last);
        }

        context.Tell(new { file = Path.GetFileName(path), charset = reader.Encoding.ToString(), taken, joined, bad },
            $"{Path.GetFileName(path)} ({reader.Encoding}): tiếp nhận {taken}, gộp vào mục tiêu có sẵn {joined}, dòng lỗi {bad}",
            $"{Path.GetFileName(path)} ({reader.Encoding}): taken in {taken}, joined to existing targets {joined}, bad rows {bad}");
        return bad == 0 ? ExitCodes.Done : ExitCodes.Problems;

        async Task<Refusal?> TakeAsync()
        {
            if (batch.Count == 0)
            {
                return null;
            }

            var result = await house.Intake.AddManyAsync(actor, batch, cancellation);
            batch.Clear();
            if (result is OperationResult<IReadOnlyList<IntakeAnswer>>.Refused refused)
            {
                return refused.Refusal;
            }

            foreach (var answer in ((OperationResult<IReadOnlyList<IntakeAnswer>>.Done)result).Value)
            {
                if (answer.Receipt is { } receipt)
                {
                    taken += receipt.Joined ? 0 : 1;
                    joined += receipt.Joined ? 1 : 0;
                    if (context.Json)
                    {
                        context.Line(receipt);
                    }
                }
                else if (answer.Refusal is { } refusal)
                {
                    bad++;
                    var why = Diagnostics.Messages.Say(refusal, context.Language);
                    context.Tell(new { line = answer.Item.Line, error = refusal.Code, message = why, raw = answer.Item.Url }, $"dòng {answer.Item.Line}: {why}", $"line {answer.Item.Line}: {why}");
                }
            }

            return null;
        }
    }

    private static IntakeItem Item(IntakeCsvLine.IntakeRow row, string? defaultList) => new()
    {
        Url = row.Url,
        WatchListId = row.WatchList is { Length: > 0 } list ? list : defaultList,
        Source = row.Source is { Length: > 0 } source ? source : "csv",
        Danger = row.Danger,
        Category = row.Category,
        Note = row.Note is { Length: > 0 } note ? note : null,
        Reporter = row.Reporter is { Length: > 0 } reporter ? reporter : null,
        Line = row.Line,
    };
}
