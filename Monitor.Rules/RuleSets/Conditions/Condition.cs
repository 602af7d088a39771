using Monitor.Rules.Matching;
using Monitor.Rules.Removal;
using Monitor.Rules.Text;

namespace Monitor.Rules.RuleSets.Conditions;

/// <summary>
/// What has to be so for a rule to hold: a tree of and, or, not over facts of one page. Data only: nothing in here runs code.
/// A fact that is not known makes its condition neither met nor unmet (<see cref="Truth.Unknown"/>), and a rule holds only when its
/// whole condition is met. Texts are compared folded (case, composition, evasive spelling); see Monitor.Rules.Text.
/// </summary>
public abstract record Condition
{
    /// <summary>As <see cref="Keywords.Need"/>: every one of the list.</summary>
    public const int Every = int.MaxValue;

    private Condition()
    {
    }

    public sealed record And(IReadOnlyList<Condition> Of) : Condition;

    public sealed record Or(IReadOnlyList<Condition> Of) : Condition;

    public sealed record Not(Condition Of) : Condition;

    /// <summary>At least <paramref name="Count"/> of the conditions are met.</summary>
    public sealed record AtLeast(int Count, IReadOnlyList<Condition> Of) : Condition;

    /// <summary>Words or phrases that stand in the text.</summary>
    public sealed record Keywords(IReadOnlyList<string> Words) : Condition
    {
        /// <summary>How many different ones of the list must be there; <see cref="Every"/>: all.</summary>
        public int Need { get; init; } = 1;

        /// <summary>How many places in the text there must be, over all the words; null: does not matter.</summary>
        public CountRange? Times { get; init; }

        /// <summary>Places that are weaker than this do not count.</summary>
        public Strength Least { get; init; } = Strength.Weak;
    }

    /// <summary>
    /// Regular expressions of the linear kind (no lookaround, back-reference or atomic group), case ignored. They run on the folded
    /// text with tone marks as typed: NFC, lower case, single spaces.
    /// </summary>
    public sealed record Patterns(IReadOnlyList<string> Expressions) : Condition
    {
        /// <inheritdoc cref="Keywords.Need"/>
        public int Need { get; init; } = 1;

        /// <inheritdoc cref="Keywords.Times"/>
        public CountRange? Times { get; init; }
    }

    /// <summary>One of the first terms stands at most <see cref="Within"/> words or characters away from one of the second.</summary>
    public sealed record Near(TermSet First, TermSet Second) : Condition
    {
        /// <summary>Most words or characters between the two.</summary>
        public int Within { get; init; } = 10;

        public ProximityUnit Unit { get; init; } = ProximityUnit.Words;

        /// <summary>The second must begin after the first.</summary>
        public bool Ordered { get; init; }
    }

    /// <summary>The page's own address. Every list that is not empty must be satisfied, by one of its values. Case is ignored.</summary>
    public sealed record Url : Condition
    {
        /// <summary>The host is one of these or lies below it.</summary>
        public IReadOnlyList<string> Domains { get; init; } = [];

        /// <summary>The host is exactly one of these.</summary>
        public IReadOnlyList<string> Hosts { get; init; } = [];

        public IReadOnlyList<string> PathStarts { get; init; } = [];

        public IReadOnlyList<string> PathContains { get; init; } = [];

        public IReadOnlyList<string> PathEnds { get; init; } = [];

        /// <summary>The query has a parameter of one of these names.</summary>
        public IReadOnlyList<string> QueryNames { get; init; } = [];
    }

    /// <summary>Elements of the page, by a small safe part of CSS selectors.</summary>
    public sealed record Element(ElementSelector Selector) : Condition
    {
        public CountRange Count { get; init; } = CountRange.AtLeastOne;
    }

    /// <summary>Media of the page. Lists that are empty do not limit.</summary>
    public sealed record Media : Condition
    {
        public IReadOnlyList<MediaKind> Kinds { get; init; } = [];

        /// <inheritdoc cref="Url.Domains"/>
        public IReadOnlyList<string> Domains { get; init; } = [];

        /// <summary>Where on the page they stand.</summary>
        public IReadOnlyList<BlockRole> Parts { get; init; } = [];

        /// <summary>Served by another host than the page's own.</summary>
        public bool? External { get; init; }

        public CountRange Count { get; init; } = CountRange.AtLeastOne;
    }

    /// <summary>Links of the page. Lists that are empty do not limit.</summary>
    public sealed record Links : Condition
    {
        /// <inheritdoc cref="Url.Domains"/>
        public IReadOnlyList<string> Domains { get; init; } = [];

        public IReadOnlyList<string> PathContains { get; init; } = [];

        /// <summary>Words of the rel attribute.</summary>
        public IReadOnlyList<string> Rels { get; init; } = [];

        public IReadOnlyList<BlockRole> Parts { get; init; } = [];

        /// <summary>Leads to another host than the page's own.</summary>
        public bool? External { get; init; }

        public CountRange Count { get; init; } = CountRange.AtLeastOne;
    }

    /// <summary>Media of the page that are entries of a hash bank.</summary>
    public sealed record Hash : Condition
    {
        /// <summary>Names of banks; empty: any.</summary>
        public IReadOnlyList<string> Banks { get; init; } = [];

        /// <summary>Differing bits; 0: the very same.</summary>
        public int MaxDistance { get; init; }

        public IReadOnlyList<Opinion> Opinions { get; init; } = [Opinion.Positive];

        public CountRange Count { get; init; } = CountRange.AtLeastOne;
    }

    /// <summary>A score of the page, 0 to 1, ends included. Where the page has no such score nobody knows.</summary>
    /// <param name="Name">Which score, such as "text".</param>
    public sealed record Score(string Name) : Condition
    {
        public double Least { get; init; }

        public double Most { get; init; } = 1;
    }
}

/// <summary>How many: both ends included.</summary>
public sealed record CountRange(int Least, int Most = int.MaxValue)
{
    public static CountRange AtLeastOne { get; } = new(1);

    public bool Contains(int count) => count >= Least && count <= Most;
}

/// <summary>Keywords and patterns, of which one is enough.</summary>
public sealed record TermSet(IReadOnlyList<string> Keywords, IReadOnlyList<string> Patterns);

public enum ProximityUnit
{
    /// <summary>Runs of letters, digits and marks; in Vietnamese a syllable.</summary>
    Words,

    /// <summary>UTF-16 units of the text as written.</summary>
    Characters,
}
