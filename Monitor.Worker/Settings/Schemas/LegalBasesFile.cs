using System.Diagnostics.CodeAnalysis;
using Monitor.Rules.Assessing;
using Monitor.Rules.Sharing;
using Monitor.Worker.Settings.Binding;
using Monitor.Worker.Settings.Yaml;

namespace Monitor.Worker.Settings.Schemas;

/// <summary>legal-bases.yaml.</summary>
internal static class LegalBasesFile
{
    public static IReadOnlyList<LegalBasis>? Bind(BindingContext context, YamlMap root)
    {
        MapReader keys = new(context, root);
        IReadOnlyList<LegalBasis>? bases = keys.Required("legal-bases", Shapes.ListOf<LegalBasis>(ReadBasis, least: 1));
        return keys.Finish() ? bases : null;
    }

    private static bool ReadBasis(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out LegalBasis value)
    {
        value = null;
        if (context.Map(node) is not { } keys)
            return false;
        string? id = keys.Declare(ReferenceKind.LegalBasis);
        string? citation = keys.Required("citation", Shapes.Text);
        string? english = keys.Required("citation-english", Shapes.Text);
        (DateOnly? from, DateOnly? to) = keys.Validity(fromRequired: true);
        IReadOnlyList<Category>? categories = keys.Required("categories", Shapes.ListOf<Category>(Shapes.CategorySlug, least: 1));

        // May be written as []: then nobody here is competent and every request on this ground goes as a relay.
        IReadOnlyList<string>? competent = keys.Required("competent-agencies", Shapes.ListOf(Shapes.ReferenceTo(ReferenceKind.Agency)));
        string? relayTo = keys.Optional<string?>("relay-to", Shapes.ReferenceTo(ReferenceKind.Platform, ReferenceKind.Agency)!, null);
        int relayHours = keys.Optional("relay-hours", Shapes.Number(1, 24 * 60), 48);
        IReadOnlyList<LegalUse> uses = keys.Optional<IReadOnlyList<LegalUse>>("uses", Shapes.ListOf<LegalUse>(Shapes.OneOf<LegalUse>, least: 1)!, [LegalUse.Takedown])!;
        int hours = keys.Optional("deadline-hours", Shapes.Number(1, 24 * 60), 24);
        if (!keys.Finish())
            return false;
        value = new LegalBasis
        {
            Id = id!,
            Citation = citation!,
            CitationEnglish = english!,
            ValidFrom = from!.Value,
            ValidTo = to,
            Categories = categories!,
            CompetentAgencies = competent!,
            DeadlineHours = hours,
            RelayTo = relayTo,
            RelayHours = relayHours,
            Uses = uses,
        };
        return true;
    }
}
