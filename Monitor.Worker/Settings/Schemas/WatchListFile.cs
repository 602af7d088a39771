using System.Globalization;
using Monitor.Rules.Assessing;
using Monitor.Rules.WatchLists;
using Monitor.Worker.Settings.Binding;
using Monitor.Worker.Settings.Problems;
using Monitor.Worker.Settings.Yaml;

namespace Monitor.Worker.Settings.Schemas;

/// <summary>watchlists/*.yaml: one watch list a file.</summary>
internal static class WatchListFile
{
    public static WatchList? Bind(BindingContext context, YamlMap root)
    {
        MapReader keys = new(context, root);
        string? id = keys.Declare(ReferenceKind.WatchList);
        string? title = keys.Required("title", Shapes.Text);
        string? owner = keys.Required("owner-agency", Shapes.ReferenceTo(ReferenceKind.Agency));
        Category category = keys.Required<Category>("category", Shapes.CategorySlug);
        string? purpose = keys.Required("purpose", Shapes.Text);
        IReadOnlyList<string> urls = keys.Optional("urls", Shapes.ListOf<string>(Shapes.HttpUrl, most: 100_000), []);
        IReadOnlyList<string> sections = keys.Optional("sections", Shapes.ListOf<string>(Shapes.HttpUrl), []);
        IReadOnlyList<string> ruleSets = keys.Optional("rule-sets", Shapes.ListOf(Shapes.ReferenceTo(ReferenceKind.RuleSet)), []);
        IReadOnlyList<string> banks = keys.Optional("hash-banks", Shapes.ListOf<string>(Shapes.Id), []);
        TimeSpan cadence = keys.Optional("cadence", Shapes.Duration(TimeSpan.FromMinutes(1), TimeSpan.FromDays(366)), TimeSpan.FromHours(24));
        int depth = keys.Optional("depth", Shapes.Number(0, 1), 0);
        int cap = keys.Optional("page-cap", Shapes.Number(0, 10_000), 0);
        bool robots = keys.Optional<bool>("obey-robots", Shapes.Flag, false);
        DateOnly expires = keys.Required<DateOnly>("expires-on", Shapes.Date);
        string? reviewer = keys.Required("reviewer", Shapes.ReferenceTo(ReferenceKind.Person));
        if (!keys.Finish())
            return null;

        if (expires < context.Today)
        {
            context.File.Report(
                keys.SpanOf("expires-on"),
                ProblemCodes.Expired,
                new(
                    $"danh sách đã hết hạn ngày {expires.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture)}: không trang nào được kiểm tra cho đến khi rà soát lại",
                    $"the list expired on {expires.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}: nothing on it is inspected until it is reviewed"),
                severity: ProblemSeverity.Warning);
        }

        if (depth == 1 && (cap == 0 || sections.Count == 0))
        {
            context.File.Report(
                keys.SpanOf("depth"),
                ProblemCodes.WithoutEffect,
                new("'depth: 1' không có tác dụng khi thiếu 'sections' hoặc 'page-cap' bằng 0", "'depth: 1' has no effect without 'sections' or with a 'page-cap' of 0"),
                severity: ProblemSeverity.Warning);
        }

        return new WatchList
        {
            Id = id!,
            Title = title!,
            OwnerAgency = owner!,
            Category = category,
            Purpose = purpose!,
            Urls = urls,
            Sections = sections,
            RuleSets = ruleSets,
            HashBanks = banks,
            Cadence = cadence,
            Depth = depth,
            PageCap = cap,
            ObeyRobots = robots,
            ExpiresOn = expires,
            Reviewer = reviewer!,
        };
    }
}
