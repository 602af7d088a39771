using System.Globalization;
using Monitor.Worker.Scoring;

namespace Monitor.Worker.Cli;

/// <summary>Model cards, metrics and explanations, for people and for scripts.</summary>
public static class ScoreOutput
{
    public static void Card(CliContext context, ModelCard card, string where)
    {
        if (context.Json)
        {
            context.Line(new
            {
                kind = "card",
                where,
                model = card.ModelSha256,
                format = card.Format,
                createdAt = card.CreatedAt,
                createdBy = card.CreatedBy,
                tool = card.ToolVersion,
                library = card.Library,
                data = card.Data,
                seed = card.Seed,
                folds = card.Folds,
                ngrams = card.Ngrams,
                structure = card.Structure,
                calibration = card.Calibration,
                scores = card.ScoresSha256,
            });
            return;
        }

        var data = card.Data;
        var days = data.From is null ? context.Say("không ghi ngày", "no dates") : string.Create(CultureInfo.InvariantCulture, $"{data.From:yyyy-MM-dd} … {data.To:yyyy-MM-dd}");
        context.Out.WriteLine(CliContext.Clean(context.Say(
            $"""
            Mô hình {card.Name} ({where})
              tạo lúc {Times.Local(card.CreatedAt)} bởi {Or(card.CreatedBy)}, phiên bản {card.ToolVersion}, {card.Library}
              dữ liệu: {data.Source}, {data.Texts} văn bản ({data.Relevant} liên quan), {data.Families.Count} nhóm mẫu, {days}
              mã băm dữ liệu {data.Sha256}
              mã băm mô hình {card.ModelSha256}
              {card.Ngrams} cụm từ, {card.Structure.Count} đặc điểm cấu trúc; hạt giống {card.Seed}, {card.Folds} phần
              Chỉ để xếp thứ tự xem: không bao giờ đổi mức, loại hay gửi gì.
            """,
            $"""
            Model {card.Name} ({where})
              created {Times.Local(card.CreatedAt)} by {Or(card.CreatedBy)}, version {card.ToolVersion}, {card.Library}
              data: {data.Source}, {data.Texts} texts ({data.Relevant} relevant), {data.Families.Count} families, {days}
              digest of the data  {data.Sha256}
              digest of the model {card.ModelSha256}
              {card.Ngrams} n-grams, {card.Structure.Count} structural features; seed {card.Seed}, {card.Folds} folds
              It only ranks: it never changes severity or category and never sends anything.
            """)));
    }

    /// <param name="how">What the figures were measured on, in words.</param>
    public static void Metrics(CliContext context, ScorerMetrics metrics, string how)
    {
        if (context.Json)
        {
            context.Line(new
            {
                kind = "metrics",
                measuredOn = how,
                texts = metrics.Texts,
                relevant = metrics.Relevant,
                threshold = ScorerMetrics.Threshold,
                precision = Round(metrics.Precision),
                recall = Round(metrics.Recall),
                f1 = Round(metrics.F1),
                auc = Round(metrics.Auc),
                averagePrecision = Round(metrics.AveragePrecision),
                brier = Round(metrics.Brier),
                brierOfBaseRate = Round(metrics.BrierOfBaseRate),
                logLoss = Round(metrics.LogLoss),
                ece = Round(metrics.Ece),
                reliability = metrics.Reliability.Select(bin => new { from = bin.From, to = bin.To, texts = bin.Texts, meanScore = Round(bin.MeanScore), shareRelevant = Round(bin.ShareRelevant) }),
                families = metrics.Families.Select(family => new { family = family.Family, texts = family.Texts, relevant = family.Relevant, meanScore = Round(family.MeanScore), shareRight = Round(family.ShareRight) }),
            });
            return;
        }

        context.Out.WriteLine(how);
        context.Table([context.Say("Số đo", "Figure"), context.Say("Giá trị", "Value"), ""],
        [
            [context.Say("văn bản (liên quan)", "texts (relevant)"), $"{metrics.Texts} ({metrics.Relevant})", ""],
            [context.Say("độ chính xác ở 0,5", "precision at 0.5"), Figure(metrics.Precision), context.Say("trong số được chọn, bao nhiêu đúng", "of those chosen, how many are right")],
            [context.Say("độ bao phủ ở 0,5", "recall at 0.5"), Figure(metrics.Recall), context.Say("trong số liên quan, chọn được bao nhiêu", "of the relevant ones, how many are chosen")],
            ["F1", Figure(metrics.F1), ""],
            ["AUC", Figure(metrics.Auc), context.Say("xếp đúng trước sau; 0,5 là đoán mò", "in the right order; 0.5 is guessing")],
            [context.Say("độ chính xác trung bình", "average precision"), Figure(metrics.AveragePrecision), ""],
            ["Brier", Figure(metrics.Brier), context.Say($"luôn nói tỷ lệ chung: {Figure(metrics.BrierOfBaseRate)}; càng thấp càng tốt", $"always saying the base rate: {Figure(metrics.BrierOfBaseRate)}; lower is better")],
            ["log loss", Figure(metrics.LogLoss), ""],
            ["ECE", Figure(metrics.Ece), context.Say("sai lệch giữa điểm và tỷ lệ thật", "distance between score and share")],
        ]);
        context.Table([context.Say("Điểm", "Score"), context.Say("Văn bản", "Texts"), context.Say("Điểm trung bình", "Mean score"), context.Say("Tỷ lệ liên quan", "Share relevant")],
            metrics.Reliability.Select(bin => (IReadOnlyList<string>)[string.Create(CultureInfo.InvariantCulture, $"{bin.From:0.0} – {bin.To:0.0}"), bin.Texts.ToString(CultureInfo.InvariantCulture), Figure(bin.MeanScore), Figure(bin.ShareRelevant)]));
        context.Table([context.Say("Nhóm mẫu (kém nhất trước)", "Family (worst first)"), context.Say("Văn bản", "Texts"), context.Say("Liên quan", "Relevant"), context.Say("Điểm trung bình", "Mean score"), context.Say("Đúng phía 0,5", "Right side of 0.5")],
            metrics.Families.Take(50).Select(family => (IReadOnlyList<string>)[family.Family, family.Texts.ToString(CultureInfo.InvariantCulture), family.Relevant.ToString(CultureInfo.InvariantCulture), Figure(family.MeanScore), Figure(family.ShareRight)]));
    }

    public static void Explanation(CliContext context, object? id, ScoreExplanation explanation)
    {
        if (context.Json)
        {
            context.Line(new { id, score = Round(explanation.Probability), @base = Round(explanation.Base), raising = explanation.Raising.Select(Row), lowering = explanation.Lowering.Select(Row) });
            return;
        }

        context.Out.WriteLine(CliContext.Clean(string.Create(CultureInfo.InvariantCulture, $"{id}: {explanation.Probability:0.00}")));
        Moved(context, context.Say("tăng", "raises"), explanation.Raising);
        Moved(context, context.Say("giảm", "lowers"), explanation.Lowering);
    }

    public static string Problem(CliContext context, TrainingProblem problem) => problem switch
    {
        TrainingProblem.TooFewFamilies few => context.Say(
            $"Quá ít nhóm mẫu: mỗi nhãn (relevant, other) cần ít nhất {few.Folds} nhóm để giữ riêng từng phần. Thêm nhóm hoặc giảm --folds.",
            $"Too few families: each label (relevant, other) needs at least {few.Folds} of them, so that every fold holds some out. Add families or lower --folds."),
        TrainingProblem.TooMany many => context.Say($"Quá nhiều văn bản (tối đa {many.Most}).", $"Too many texts (at most {many.Most})."),
        TrainingProblem.SameId same => context.Say($"Hai văn bản cùng id '{same.Id}'.", $"Two texts have the id '{same.Id}'."),
        TrainingProblem.BadFolds folds => context.Say($"--folds phải từ 2 đến 20 (đã cho {folds.Given}).", $"--folds must be 2 to 20 (given {folds.Given})."),
        _ => throw new InvalidOperationException("unknown problem"),
    };

    private static void Moved(CliContext context, string how, IReadOnlyList<Contribution> contributions)
    {
        foreach (var one in contributions)
        {
            context.Out.WriteLine(CliContext.Clean(string.Create(CultureInfo.InvariantCulture, $"  {how} {one.LogOdds,6:+0.00;-0.00}  {Words(context, one)}")));
        }
    }

    private static string Words(CliContext context, Contribution one) => one.Kind switch
    {
        ContributionKind.Words => context.Say($"từ “{one.Name}”", $"words “{one.Name}”"),
        ContributionKind.Structure => StructuralFeatures.All.First(feature => feature.Id == one.Name) is var feature ? context.Say(feature.Vietnamese, feature.English) : one.Name,
    };

    private static object Row(Contribution one) => new { kind = one.Kind, name = one.Name, logOdds = Round(one.LogOdds) };

    private static string Or(string text) => text.Length == 0 ? "–" : text;

    private static string Figure(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    private static double Round(double value) => Math.Round(value, 4);
}
