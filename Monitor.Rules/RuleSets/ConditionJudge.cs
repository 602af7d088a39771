using Monitor.Rules.Matching;
using Monitor.Rules.Removal;
using Monitor.Rules.RuleSets.Conditions;
using Monitor.Rules.RuleSets.Terms;
using Monitor.Rules.Text;

namespace Monitor.Rules.RuleSets;

/// <summary>Judges conditions for one page. <see cref="Quick"/> answers and no more; <see cref="Full"/> looks at every part and says why.</summary>
internal sealed class ConditionJudge(RuleSubject subject, TermScan? scan, RuleEvaluatorLimits limits)
{
    private readonly Uri? _url = Uri.TryCreate(subject.Url, UriKind.Absolute, out Uri? url) && url.Host.Length > 0 ? url : null;

    /// <summary>True when a condition has more places than are told.</summary>
    public bool Cut { get; private set; }

    /// <summary>The same truth as <see cref="Full"/>, with as little work as it takes.</summary>
    public Truth Quick(CompiledCondition node)
    {
        switch (node.Source)
        {
            case Condition.Not:
                return Truths.Not(Quick(node.Children[0]));
            case Condition.And:
                return Group(node, node.Children.Length);
            case Condition.Or:
                return Group(node, 1);
            case Condition.AtLeast some:
                return Group(node, some.Count);
            case Condition.Keywords { Times: null, Least: Strength.Weak } keywords:
                return Terms(node.First, keywords.Need);
            case Condition.Patterns { Times: null } patterns:
                return Terms(node.First, patterns.Need);
            default:
                return Full(node).Truth;
        }
    }

    public ConditionTrace Full(CompiledCondition node) => node.Source switch
    {
        Condition.Not => Not(node),
        Condition.And => Group(node, node.Children.Length, [.. node.Children.Select(Full)]),
        Condition.Or => Group(node, 1, [.. node.Children.Select(Full)]),
        Condition.AtLeast some => Group(node, some.Count, [.. node.Children.Select(Full)]),
        Condition.Keywords words => Terms(node, words.Need, words.Times, words.Least),
        Condition.Patterns patterns => Terms(node, patterns.Need, patterns.Times, Strength.Weak),
        Condition.Near near => Near(node, near),
        Condition.Url wanted => Url(wanted),
        Condition.Element element => subject.Page is { } page ? Counted(element, element.Count, element.Selector.Count(page), page) : Unknown(element, MissingFact.Page),
        Condition.Media media => Media(media),
        Condition.Links links => Links(links),
        Condition.Hash hash => Hash(hash),
        Condition.Score score => Score(score),
        _ => throw new InvalidOperationException("unknown condition"),
    };

    private Truth Group(CompiledCondition node, int need)
    {
        (int met, int unknown, int left) = (0, 0, node.Cheapest.Length);
        foreach (CompiledCondition child in node.Cheapest)
        {
            left--;
            switch (Quick(child))
            {
                case Truth.Met when ++met >= need:
                    return Truth.Met;
                case Truth.Unknown:
                    unknown++;
                    break;
            }

            if (met + unknown + left < need)
                return Truth.NotMet;
        }

        return Truths.AtLeast(need, met, unknown);
    }

    private Truth Terms(int[] terms, int need)
    {
        if (scan is null)
            return Truth.Unknown;
        need = Math.Min(need, terms.Length);
        (int met, int unknown, int left) = (0, 0, terms.Length);
        foreach (int term in terms)
        {
            left--;
            if (scan.Of(term).Count > 0)
                met++;
            else if (!scan.Searched)
                unknown++;
            if (met >= need)
                return Truth.Met;
            if (met + unknown + left < need)
                return Truth.NotMet;
        }

        return Truths.AtLeast(need, met, unknown);
    }

    private ConditionTrace Not(CompiledCondition node)
    {
        ConditionTrace child = Full(node.Children[0]);
        return new ConditionTrace { Condition = node.Source, Truth = Truths.Not(child.Truth), Missing = child.Truth == Truth.Unknown ? child.Missing : MissingFact.None, Children = [child] };
    }

    private static ConditionTrace Group(CompiledCondition node, int need, ConditionTrace[] children)
    {
        ConditionTrace[] met = [.. children.Where(child => child.Truth == Truth.Met).OrderByDescending(child => child.Strength)];
        Truth truth = Truths.AtLeast(need, met.Length, children.Count(child => child.Truth == Truth.Unknown));
        return new ConditionTrace
        {
            Condition = node.Source,
            Truth = truth,
            Strength = truth == Truth.Met ? met[need - 1].Strength : Strength.Strong,
            Missing = truth == Truth.Unknown ? children.First(child => child.Truth == Truth.Unknown).Missing : MissingFact.None,
            Found = met.Length,
            Children = children,
        };
    }

    private ConditionTrace Terms(CompiledCondition node, int need, CountRange? times, Strength least)
    {
        if (scan is null)
            return Unknown(node.Source, MissingFact.Text);
        need = Math.Min(need, node.First.Length);
        int unknown = 0;
        var strengths = new List<Strength>();
        var places = new List<TermPlace>();
        foreach (int term in node.First)
        {
            int before = places.Count;
            places.AddRange(scan.Of(term).Where(place => place.Strength >= least));
            if (places.Count > before)
                strengths.Add(places.Skip(before).Max(place => place.Strength));
            else if (!scan.Searched)
                unknown++;
        }

        Truth truth = Truths.AtLeast(need, strengths.Count, unknown);
        if (times is not null)
            truth = Both(truth, Truths.Within(times, places.Count, scan.Complete));
        strengths.Sort((x, y) => y.CompareTo(x));
        return new ConditionTrace
        {
            Condition = node.Source,
            Truth = truth,
            Strength = truth == Truth.Met ? strengths[need - 1] : Strength.Strong,
            Missing = truth == Truth.Unknown ? MissingFact.WholeText : MissingFact.None,
            Found = times is null ? strengths.Count : places.Count,
            Places = Places(places),
        };
    }

    private ConditionTrace Near(CompiledCondition node, Condition.Near near)
    {
        if (scan is null)
            return Unknown(near, MissingFact.Text);
        List<TermPlace> first = [.. node.First.SelectMany(scan.Of)];
        List<TermPlace> second = [.. node.Second.SelectMany(scan.Of)];
        List<(TermPlace First, TermPlace Second)> pairs = Proximity.Pairs(first, second, near, scan, limits.MaxPlacesPerCondition);
        Truth truth = pairs.Count > 0 ? Truth.Met : scan.Complete ? Truth.NotMet : Truth.Unknown;
        return new ConditionTrace
        {
            Condition = near,
            Truth = truth,
            Strength = truth == Truth.Met ? pairs.Max(pair => Weaker(pair.First.Strength, pair.Second.Strength)) : Strength.Strong,
            Missing = truth == Truth.Unknown ? MissingFact.WholeText : MissingFact.None,
            Found = pairs.Count,
            Places = Places([.. pairs.SelectMany(pair => new[] { pair.First, pair.Second })]),
        };
    }

    private ConditionTrace Url(Condition.Url wanted)
    {
        if (_url is null)
            return Unknown(wanted, MissingFact.Url);
        string path = Uri.UnescapeDataString(_url.AbsolutePath);
        bool met = Within(_url, wanted.Domains)
            && (wanted.Hosts.Count == 0 || wanted.Hosts.Contains(_url.IdnHost, StringComparer.OrdinalIgnoreCase))
            && One(wanted.PathStarts, value => path.StartsWith(value, StringComparison.OrdinalIgnoreCase))
            && One(wanted.PathContains, value => path.Contains(value, StringComparison.OrdinalIgnoreCase))
            && One(wanted.PathEnds, value => path.EndsWith(value, StringComparison.OrdinalIgnoreCase))
            && (wanted.QueryNames.Count == 0 || QueryNames(_url).Any(name => wanted.QueryNames.Contains(name, StringComparer.OrdinalIgnoreCase)));
        return new ConditionTrace { Condition = wanted, Truth = Truths.Of(met), Found = met ? 1 : 0 };
    }

    private ConditionTrace Media(Condition.Media wanted)
    {
        if (subject.Page is not { } page)
            return Unknown(wanted, MissingFact.Page);
        if (wanted.External is not null && _url is null)
            return Unknown(wanted, MissingFact.Url);
        int count = page.Media.Count(media =>
            (wanted.Kinds.Count == 0 || wanted.Kinds.Contains(media.Kind))
            && (wanted.Parts.Count == 0 || wanted.Parts.Contains(media.Role))
            && Elsewhere(media.Url, wanted.Domains, wanted.External));
        return Counted(wanted, wanted.Count, count, page);
    }

    private ConditionTrace Links(Condition.Links wanted)
    {
        if (subject.Page is not { } page)
            return Unknown(wanted, MissingFact.Page);
        if (wanted.External is not null && _url is null)
            return Unknown(wanted, MissingFact.Url);
        int count = page.Links.Count(link =>
            (wanted.Parts.Count == 0 || wanted.Parts.Contains(link.Role))
            && One(wanted.Rels, rel => link.Rel.Split(' ').Contains(rel, StringComparer.OrdinalIgnoreCase))
            && (wanted.PathContains.Count == 0 || (Uri.TryCreate(link.Url, UriKind.Absolute, out Uri? url) && One(wanted.PathContains, part => Uri.UnescapeDataString(url.AbsolutePath).Contains(part, StringComparison.OrdinalIgnoreCase))))
            && Elsewhere(link.Url, wanted.Domains, wanted.External));
        return Counted(wanted, wanted.Count, count, page);
    }

    private ConditionTrace Hash(Condition.Hash wanted)
    {
        if (subject.Matches is not { } matches)
            return Unknown(wanted, MissingFact.HashMatches);
        Match[] found = [.. matches.Where(match =>
            match.Distance <= wanted.MaxDistance
            && wanted.Opinions.Contains(match.Opinion)
            && (wanted.Banks.Count == 0 || wanted.Banks.Contains(match.Bank, StringComparer.Ordinal)))];
        Truth truth = Truths.Within(wanted.Count, found.Length, complete: true);
        return new ConditionTrace
        {
            Condition = wanted,
            Truth = truth,
            Strength = found.Length == 0 || found.Any(match => match.Distance == 0) ? Strength.Strong : Strength.Medium,
            Found = found.Length,
        };
    }

    /// <summary>A score only ranks: what rests on one is weak.</summary>
    private ConditionTrace Score(Condition.Score wanted)
    {
        if (!subject.Scores.TryGetValue(wanted.Name, out double score) || double.IsNaN(score))
            return Unknown(wanted, MissingFact.Score);
        bool met = score >= wanted.Least && score <= wanted.Most;
        return new ConditionTrace { Condition = wanted, Truth = Truths.Of(met), Strength = met ? Strength.Weak : Strength.Strong, Value = score, Found = met ? 1 : 0 };
    }

    private static ConditionTrace Counted(Condition condition, CountRange range, int count, PageOutline page)
    {
        Truth truth = Truths.Within(range, count, complete: !page.Truncated);
        return new ConditionTrace { Condition = condition, Truth = truth, Missing = truth == Truth.Unknown ? MissingFact.WholeText : MissingFact.None, Found = count };
    }

    private static ConditionTrace Unknown(Condition condition, MissingFact missing) => new() { Condition = condition, Truth = Truth.Unknown, Missing = missing };

    private bool Elsewhere(string address, IReadOnlyList<string> domains, bool? external)
    {
        if (domains.Count == 0 && external is null)
            return true;
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? url) || url.Host.Length == 0)
            return domains.Count == 0 && external == false;
        return Within(url, domains) && (external is null || external != string.Equals(url.IdnHost, _url!.IdnHost, StringComparison.OrdinalIgnoreCase));
    }

    private static bool Within(Uri url, IReadOnlyList<string> domains)
    {
        if (domains.Count == 0)
            return true;
        string host = url.IdnHost.TrimEnd('.');
        return domains.Any(domain => host.EndsWith(domain, StringComparison.OrdinalIgnoreCase) && (host.Length == domain.Length || host[^(domain.Length + 1)] == '.'));
    }

    private static bool One(IReadOnlyList<string> values, Func<string, bool> test) => values.Count == 0 || values.Any(test);

    private static IEnumerable<string> QueryNames(Uri url) =>
        url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => Uri.UnescapeDataString(pair.Split('=')[0]));

    private static Truth Both(Truth one, Truth other) => one < other ? one : other;

    private static Strength Weaker(Strength one, Strength other) => one < other ? one : other;

    private TracePlace[] Places(List<TermPlace> places)
    {
        List<TermPlace> all = [.. places.Distinct()];
        if (all.Count > limits.MaxPlacesPerCondition)
        {
            // The first place of every term before the second of any: a text that repeats one hides no other.
            Cut = true;
            all = [.. all
                .GroupBy(place => place.Term)
                .SelectMany(term => term.OrderBy(place => place.Start).Select((place, rank) => (Place: place, Rank: rank)))
                .OrderBy(one => one.Rank)
                .ThenBy(one => one.Place.Start)
                .ThenBy(one => TermOf(one.Place.Term), StringComparer.Ordinal)
                .Take(limits.MaxPlacesPerCondition)
                .Select(one => one.Place)];
        }

        return
        [
            .. all
                .OrderBy(place => place.Start)
                .ThenByDescending(place => place.Length)
                .ThenBy(place => TermOf(place.Term), StringComparer.Ordinal)
                .Select(place => new TracePlace(TermOf(place.Term), place.Start, place.Length, place.Technique, place.Strength)),
        ];
    }

    private string TermOf(int term) => scan!.TermOf(term);
}
