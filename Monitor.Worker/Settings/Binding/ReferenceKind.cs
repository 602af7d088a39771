namespace Monitor.Worker.Settings.Binding;

/// <summary>What ids may name across files.</summary>
internal enum ReferenceKind
{
    Agency,
    Person,
    LegalBasis,
    WatchList,
    RuleSet,
    Platform,
    Vantage,
}
