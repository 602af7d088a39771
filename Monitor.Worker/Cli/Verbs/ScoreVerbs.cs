using System.CommandLine;
using System.Globalization;
using Monitor.Worker.Operations;
using Monitor.Worker.Scoring;
using Monitor.Worker.Scoring.Samples;

namespace Monitor.Worker.Cli.Verbs;

/// <summary>The score that ranks: trained, measured, explained, put in force.</summary>
public static class ScoreVerbs
{
    public static Command Build(VerbSet verbs) => verbs.Group("score", "Điểm xếp thứ tự (chỉ để xếp, không quyết định)", "The score that ranks (it decides nothing)",
        Train(verbs), Evaluate(verbs), Explain(verbs), Show(verbs), Activate(verbs), Deactivate(verbs));

    private static Command Train(VerbSet verbs)
    {
        var source = new Source(verbs);
        var to = new Option<string>("--out") { Description = verbs.Say("thư mục để ghi mô hình và thẻ mô hình", "directory for the model and its card"), Required = true };
        return verbs.Plain("train", "Huấn luyện một mô hình (không tự đưa vào dùng)", "Train a model (does not put it in force)", [.. source.Options, to], async (parsed, token) =>
        {
            var context = verbs.Context;
            if (await source.ReadAsync(parsed, token) is not { } texts)
            {
                return ExitCodes.Usage;
            }

            var options = source.Training(parsed);
            TrainingEnd end;
            using (var bar = new ProgressLine(context, context.Say("Huấn luyện", "Training")))
            {
                end = ScorerTraining.Train(texts, options, done => bar.Report(done, options.Folds + 1), token);
            }

            switch (end)
            {
                case TrainingEnd.Refused refused:
                    context.Err.WriteLine(ScoreOutput.Problem(context, refused.Problem));
                    return ExitCodes.Usage;
                case TrainingEnd.Trained trained:
                    var directory = context.PathOf(parsed.GetValue(to)!);
                    try
                    {
                        await ModelFiles.WriteAsync(directory, trained.Model, trained.Card.Write(), token);
                    }
                    catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
                    {
                        context.Err.WriteLine(context.Say($"Không ghi được vào '{directory}': {problem.Message}", $"Cannot write to '{directory}': {problem.Message}"));
                        return ExitCodes.Infrastructure;
                    }

                    ScoreOutput.Card(context, trained.Card, directory);
                    ScoreOutput.Metrics(context, trained.Card.HeldOut, HeldOut(verbs, options.Folds));
                    return ExitCodes.Done;
                default:
                    throw new InvalidOperationException("unknown end");
            }
        });
    }

    private static Command Evaluate(VerbSet verbs)
    {
        var source = new Source(verbs);
        var model = Model(verbs);
        return verbs.Plain("evaluate", "Đo trên các nhóm mẫu được giữ riêng, hoặc đo một mô hình có sẵn (--model)", "Measure on families held out, or measure a given model (--model)", [.. source.Options, model], async (parsed, token) =>
        {
            var context = verbs.Context;
            if (await source.ReadAsync(parsed, token) is not { } texts)
            {
                return ExitCodes.Usage;
            }

            if (parsed.GetValue(model) is { } directory)
            {
                return await WithModel(verbs, directory, scorer =>
                {
                    var known = texts.Select(text => text.Family).Distinct(StringComparer.Ordinal).Intersect(scorer.Card.Data.Families, StringComparer.Ordinal).Count();
                    if (known > 0)
                    {
                        context.Err.WriteLine(context.Say($"Chú ý: mô hình đã học {known} nhóm mẫu trong số này; các số đo vì thế đẹp hơn thực tế.", $"Note: the model has learned {known} of these families; the figures flatter it."));
                    }

                    ScoreOutput.Metrics(context, ScorerMetrics.Of([.. texts.Select(text => (scorer.Score(text.Text, text.Structure), text.Relevant, text.Family))]),
                        context.Say($"Mô hình {scorer.Card.Name} trên {texts.Count} văn bản", $"Model {scorer.Card.Name} on {texts.Count} texts"));
                    return Task.FromResult(ExitCodes.Done);
                });
            }

            var options = source.Training(parsed);
            EvaluationEnd end;
            using (var bar = new ProgressLine(context, context.Say("Đo", "Measuring")))
            {
                end = ScorerTraining.Evaluate(texts, options, done => bar.Report(done, options.Folds), token);
            }

            switch (end)
            {
                case EvaluationEnd.Refused refused:
                    context.Err.WriteLine(ScoreOutput.Problem(context, refused.Problem));
                    return ExitCodes.Usage;
                case EvaluationEnd.Evaluated evaluated:
                    ScoreOutput.Metrics(context, evaluated.Metrics, HeldOut(verbs, options.Folds));
                    return ExitCodes.Done;
                default:
                    throw new InvalidOperationException("unknown end");
            }
        });
    }

    private static Command Explain(VerbSet verbs)
    {
        var input = new Option<string>("--input") { Description = "JSONL {id, text, structure?}; - = stdin", Required = true };
        var model = Model(verbs);
        return verbs.Plain("explain", "Điều gì làm điểm tăng, giảm", "What moved the score", [input, model], (parsed, token) =>
        {
            Task<int> With(TextScorer scorer) => JsonLinesInput.EachAsync(verbs.Context, parsed.GetValue(input)!, element =>
            {
                var id = JsonLinesInput.Id(element);
                if (JsonLinesInput.Text(element, "text") is not { } text)
                {
                    verbs.Context.Line(new { id, error = "no text" });
                    return;
                }

                ScoreOutput.Explanation(verbs.Context, id, scorer.Explain(text, TrainingFile.Structure(element)));
            }, token);

            return parsed.GetValue(model) is { } directory
                ? WithModel(verbs, directory, With)
                : Owner.RunAsync(verbs.Context, house => house.PageScoring.State is ScoringState.InForce inForce ? With(inForce.Scorer) : Task.FromResult(Absent(verbs, house.PageScoring.State)), token);
        });
    }

    private static Command Show(VerbSet verbs)
    {
        var model = Model(verbs);
        return verbs.Plain("show", "Thẻ mô hình: dữ liệu, số đo, ai, khi nào", "The model card: data, figures, who, when", [model], (parsed, token) =>
        {
            Task<int> Tell(ModelCard card, string where)
            {
                ScoreOutput.Card(verbs.Context, card, where);
                ScoreOutput.Metrics(verbs.Context, card.HeldOut, HeldOut(verbs, card.Folds));
                return Task.FromResult(ExitCodes.Done);
            }

            return parsed.GetValue(model) is { } directory
                ? WithModel(verbs, directory, scorer => Tell(scorer.Card, directory))
                : Owner.RunAsync(verbs.Context, house => house.PageScoring.State is ScoringState.InForce inForce
                    ? Tell(inForce.Scorer.Card, verbs.Say($"đang dùng từ {Times.Local(inForce.At)}, {inForce.By}", $"in force since {Times.Local(inForce.At)}, {inForce.By}"))
                    : Task.FromResult(Absent(verbs, house.PageScoring.State)), token);
        });
    }

    private static Command Activate(VerbSet verbs)
    {
        var directory = new Argument<string>("directory") { Description = verbs.Say("thư mục do score train ghi", "what score train wrote") };
        var reason = new Option<string>("--reason") { Required = true };
        return verbs.Act("activate", "Đưa một mô hình vào dùng", "Put a model in force", [directory, reason], async (house, actor, parsed, token) =>
            verbs.End(await house.Scoring.ActivateAsync(actor, verbs.Context.PathOf(parsed.GetValue(directory)!), parsed.GetValue(reason)!, token), card => verbs.Context.Tell(
                new { model = card.ModelSha256, name = card.Name, inForce = true },
                $"Mô hình {card.Name} đang được dùng để xếp thứ tự; điểm có từ lần xem tiếp theo của mỗi trang.",
                $"Model {card.Name} now ranks; each page gets its score at its next look.")));
    }

    private static Command Deactivate(VerbSet verbs)
    {
        var reason = new Option<string>("--reason") { Required = true };
        return verbs.Act("deactivate", "Ngừng dùng mô hình: không chấm điểm nữa", "Take the model out of force: no more scores", [reason], async (house, actor, parsed, token) =>
            verbs.End(await house.Scoring.DeactivateAsync(actor, parsed.GetValue(reason)!, token), _ => verbs.Context.Tell(new { inForce = false }, "Không còn mô hình nào được dùng.", "No model is in force any more.")));
    }

    private static Option<string?> Model(VerbSet verbs) => new("--model") { Description = verbs.Say("thư mục của một mô hình; mặc định: mô hình đang dùng", "directory of a model; default: the one in force") };

    private static string HeldOut(VerbSet verbs, int folds) => verbs.Say(
        $"Đo trên nhóm mẫu chưa từng học: {folds} phần, mỗi phần giữ riêng trọn nhóm",
        $"Measured on families never learned from: {folds} folds, each holding out whole families");

    private static Task<int> WithModel(VerbSet verbs, string directory, Func<TextScorer, Task<int>> body)
    {
        var loading = TextScorer.Load(verbs.Context.PathOf(directory));
        return loading is ScorerLoading.Loaded { Scorer: var scorer } ? body(scorer) : Task.FromResult(verbs.Context.Refuse(Unusable(loading, directory)));
    }

    private static int Absent(VerbSet verbs, ScoringState state) => verbs.Context.Refuse(state is ScoringState.Unusable unusable
        ? Unusable(unusable.Why, verbs.Say("mô hình đang dùng", "the model in force"))
        : new Refusal(RefusalKind.NotFound, "no-score-model"));

    private static Refusal Unusable(ScorerLoading loading, string where) => loading switch
    {
        ScorerLoading.Missing missing => new Refusal(RefusalKind.NotFound, "score-model-missing", where, missing.File),
        ScorerLoading.Damaged damaged => new Refusal(RefusalKind.Conflict, "score-model-damaged", where, damaged.File),
        ScorerLoading.Foreign foreign => new Refusal(RefusalKind.Conflict, "score-model-foreign", where, foreign.Why),
        _ => throw new InvalidOperationException("a loaded model is usable"),
    };

    /// <summary>Where training texts are from, the same for training and measuring.</summary>
    private sealed class Source(VerbSet verbs)
    {
        private readonly Option<string?> _input = new("--input") { Description = verbs.Say("JSONL {id, family, label: relevant|other, text, structure?, at?}", "JSONL {id, family, label: relevant|other, text, structure?, at?}") };
        private readonly Option<bool> _samples = new("--samples") { Description = verbs.Say("mẫu bịa kèm theo chương trình (samples/scoring)", "the made-up sample that comes with the program (samples/scoring)") };
        private readonly Option<int> _seed = new("--seed") { Description = verbs.Say("hạt giống của phép chia và phép học", "seed of the split and of learning"), DefaultValueFactory = _ => 1 };
        private readonly Option<int> _folds = new("--folds") { Description = verbs.Say("số phần, mỗi phần giữ riêng trọn nhóm mẫu (2 … 20)", "folds, each holding out whole families (2 … 20)"), DefaultValueFactory = _ => 5 };

        public IReadOnlyList<Option> Options => [_input, _samples, _seed, _folds];

        public TrainingOptions Training(ParseResult parsed) => new(
            TimeProvider.System.GetUtcNow(),
            verbs.Context.User ?? "",
            parsed.GetValue(_input) is { } file ? Path.GetFileName(file) : "samples",
            parsed.GetValue(_seed),
            parsed.GetValue(_folds));

        /// <summary>Null: they cannot be used, and that was said.</summary>
        public async Task<IReadOnlyList<TrainingText>?> ReadAsync(ParseResult parsed, CancellationToken cancellation)
        {
            var context = verbs.Context;
            var file = parsed.GetValue(_input);
            if (file is null == !parsed.GetValue(_samples))
            {
                context.Usage("Hãy chọn đúng một: --input TỆP hoặc --samples.", "Choose exactly one: --input FILE or --samples.");
                return null;
            }

            if (file is null)
            {
                return SampleTexts.Create(1);
            }

            switch (await TrainingFile.ReadAsync(context.PathOf(file), cancellation))
            {
                case TrainingReading.Read read:
                    return read.Texts;
                case TrainingReading.Bad bad:
                    foreach (var line in bad.Lines)
                    {
                        context.Err.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file}:{line.Number}: {line.Problem}"));
                    }

                    context.Usage("Không học từ tệp có dòng sai; hãy sửa các trường nêu trên.", "Nothing is learned from a file with bad lines; correct the fields above.");
                    return null;
                case TrainingReading.Unreadable unreadable:
                    context.Refuse(new Refusal(RefusalKind.Invalid, "file-unreadable", file, unreadable.Why));
                    return null;
                default:
                    throw new InvalidOperationException("unknown reading");
            }
        }
    }
}
