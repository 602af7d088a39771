using Monitor.Worker.Settings.Problems;

namespace Monitor.Worker.Settings.Binding;

/// <summary>Which ids exist and which are asked for, over all files; judged once everything has been read.</summary>
internal sealed class ReferenceTable
{
    private readonly Dictionary<(ReferenceKind Kind, string Id), Place> _declared = [];
    private readonly HashSet<ReferenceKind> _incomplete = [];
    private readonly List<Request> _requests = [];

    /// <summary>Also for a record with other faults: a reference to it is not a second fault.</summary>
    /// <returns>False after a duplicate was reported.</returns>
    public bool Declare(ReferenceKind kind, string id, SourceFile file, SourceSpan span)
    {
        if (_declared.TryAdd((kind, id), new Place(file, span)))
            return true;
        Place first = _declared[(kind, id)];
        file.Report(
            span,
            ProblemCodes.DuplicateId,
            new(
                $"mã '{id}' đã được dùng tại {first.File.Path}:{first.Span.Line}",
                $"id '{id}' is already used at {first.File.Path}:{first.Span.Line}"));
        return false;
    }

    /// <summary>A file that declares such ids could not be read: what is missing may stand in there, so nobody is blamed for it.</summary>
    public void MarkIncomplete(ReferenceKind kind) => _incomplete.Add(kind);

    /// <param name="kinds">Any one of them will do.</param>
    public void Require(string id, SourceFile file, SourceSpan span, params ReferenceKind[] kinds) =>
        _requests.Add(new Request(id, new Place(file, span), kinds));

    public void ReportDangling()
    {
        // Each message costs a search over all ids: no more of them than are shown.
        int reported = 0;
        foreach ((string id, Place place, ReferenceKind[] kinds) in _requests)
        {
            if (kinds.Any(kind => _incomplete.Contains(kind) || _declared.ContainsKey((kind, id))))
                continue;
            if (++reported > ProblemSink.MostProblems)
                break;
            string[] known = [.. _declared.Keys.Where(key => kinds.Contains(key.Kind)).Select(key => key.Id).Order(StringComparer.Ordinal)];
            place.File.Report(
                place.Span,
                ProblemCodes.DanglingReference,
                new(
                    $"không có {string.Join(" hoặc ", kinds.Select(Vietnamese))} nào mang mã '{id}'",
                    $"there is no {string.Join(" or ", kinds.Select(English))} with id '{id}'"),
                Expectations.OneOf(known),
                Suggestion.For(id, known));
        }
    }

    private static string Vietnamese(ReferenceKind kind) => kind switch
    {
        ReferenceKind.Agency => "cơ quan",
        ReferenceKind.Person => "người",
        ReferenceKind.LegalBasis => "căn cứ pháp lý",
        ReferenceKind.WatchList => "danh sách theo dõi",
        ReferenceKind.RuleSet => "bộ quy tắc",
        ReferenceKind.Platform => "nền tảng",
        ReferenceKind.Vantage => "đường kết nối",
    };

    private static string English(ReferenceKind kind) => kind switch
    {
        ReferenceKind.Agency => "agency",
        ReferenceKind.Person => "person",
        ReferenceKind.LegalBasis => "legal basis",
        ReferenceKind.WatchList => "watch list",
        ReferenceKind.RuleSet => "rule set",
        ReferenceKind.Platform => "platform",
        ReferenceKind.Vantage => "vantage",
    };

    private sealed record Place(SourceFile File, SourceSpan Span);

    private sealed record Request(string Id, Place Place, ReferenceKind[] Kinds);
}
