using System.Globalization;
using Monitor.Rules.Assessing;
using Monitor.Rules.RuleSets;
using Monitor.Rules.RuleSets.Conditions;

namespace Monitor.Worker.Cli;

/// <summary>Rules, conditions and traces as lines that people read, and as JSON.</summary>
public static class RuleText
{
    private const int MostPlaces = 5;

    /// <summary>The tree of a condition, two spaces a level.</summary>
    public static IEnumerable<string> Tree(Condition condition, int level = 0)
    {
        yield return new string(' ', level * 2) + ConditionText.Short(condition);
        foreach (var line in ConditionShape.Children(condition).SelectMany(child => Tree(child, level + 1)))
        {
            yield return line;
        }
    }

    /// <summary>The tree with ✓ (met), ✗ (not met), ? (nobody knows) and the reason of each.</summary>
    public static IEnumerable<string> Trace(ConditionTrace trace, bool english, int level = 0)
    {
        var mark = trace.Truth switch { Truth.Met => "✓", Truth.NotMet => "✗", Truth.Unknown => "?" };
        yield return $"{new string(' ', level * 2)}{mark} {ConditionText.Short(trace.Condition)}: {Why(trace, english)}";
        foreach (var line in trace.Children.SelectMany(child => Trace(child, english, level + 1)))
        {
            yield return line;
        }
    }

    public static object Json(RuleTrace trace) => new { rule = trace.Rule.Id, ruleSet = trace.Set.Name, version = trace.Set.QuotedVersion, holds = trace.Holds, condition = Json(trace.Condition) };

    public static IEnumerable<string> Header(RuleSet set, Rule rule, bool english)
    {
        string Say(string vietnamese, string englishText) => english ? englishText : vietnamese;
        yield return $"{rule.Title}";
        yield return $"  id: {rule.Id} · {Say("bộ", "set")}: {set.Name} {set.QuotedVersion}";
        yield return $"  {Say("loại", "category")}: {(english ? rule.Category.English() : rule.Category.Vietnamese())} · level: {rule.Severity} · status: {rule.Status}";
        if (rule.Description.Length > 0)
        {
            yield return "  " + rule.Description.TrimEnd();
        }

        if (rule.Author.Length > 0 || rule.Date is not null)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"  {Say("tác giả", "author")}: {rule.Author} · {rule.Date:yyyy-MM-dd}{(rule.Modified is null ? "" : $" · {Say("sửa", "modified")} {rule.Modified:yyyy-MM-dd}")}");
        }

        foreach (var reference in rule.References)
        {
            yield return $"  {Say("tham khảo", "reference")}: {reference}";
        }

        foreach (var other in rule.FalsePositives)
        {
            yield return $"  {Say("dương tính giả", "false positive")}: {other}";
        }

        foreach (var related in rule.Related)
        {
            yield return $"  {Say("liên quan", "related")}: {related.Type} {related.Id}";
        }

        yield return $"  must-match: {rule.MustMatch.Count} · must-not-match: {rule.MustNotMatch.Count}";
    }

    private static object Json(ConditionTrace trace) => new
    {
        condition = ConditionText.Short(trace.Condition),
        truth = trace.Truth,
        strength = trace.Truth == Truth.Met ? trace.Strength : (Rules.Text.Strength?)null,
        missing = trace.Missing == MissingFact.None ? (MissingFact?)null : trace.Missing,
        found = trace.Found,
        value = trace.Value,
        places = trace.Places.Select(place => new { term = place.Term, start = place.Start, length = place.Length, technique = place.Technique, strength = place.Strength }),
        children = trace.Children.Select(Json),
    };

    private static string Why(ConditionTrace trace, bool english)
    {
        string Say(string vietnamese, string englishText) => english ? englishText : vietnamese;
        if (trace.Missing != MissingFact.None)
        {
            return trace.Missing switch
            {
                MissingFact.Text => Say("không biết: không có văn bản", "not known: there is no text"),
                MissingFact.Url => Say("không biết: không có địa chỉ trang", "not known: there is no address of the page"),
                MissingFact.Page => Say("không biết: không có dàn ý của trang", "not known: there is no outline of the page"),
                MissingFact.HashMatches => Say("không biết: chưa tra ngân hàng mã băm", "not known: hash banks were not asked"),
                MissingFact.Score => Say("không biết: trang không có điểm này", "not known: the page has no such score"),
                _ => Say("không biết: chỉ xét được một phần trang", "not known: only a part of the page was looked at"),
            };
        }

        var places = string.Join(", ", trace.Places.Take(MostPlaces).Select(place => string.Create(CultureInfo.InvariantCulture, $"'{place.Term}' @{place.Start}+{place.Length} ({place.Technique}, {place.Strength})")));
        if (trace.Places.Count > MostPlaces)
        {
            places += string.Create(CultureInfo.InvariantCulture, $", … {trace.Places.Count}");
        }

        return (trace.Condition, trace.Value) switch
        {
            (Condition.Score, { } value) => string.Create(CultureInfo.InvariantCulture, $"{Say("điểm", "score")} {value:0.###}"),
            (Condition.Not, _) => trace.Truth == Truth.Met ? Say("điều bên trong không thoả", "what is inside is not met") : Say("điều bên trong thoả", "what is inside is met"),
            (Condition.And or Condition.Or or Condition.AtLeast, _) => string.Create(CultureInfo.InvariantCulture, $"{trace.Found}/{trace.Children.Count} {Say("thoả", "met")}"),
            _ when places.Length > 0 => places,
            _ => string.Create(CultureInfo.InvariantCulture, $"{Say("tìm thấy", "found")} {trace.Found}"),
        };
    }
}
