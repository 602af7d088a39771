using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Monitor.Rules.Sharing;
using Monitor.Worker.Settings.Binding;
using Monitor.Worker.Settings.Problems;
using Monitor.Worker.Settings.Yaml;

namespace Monitor.Worker.Settings.Schemas;

/// <summary>agencies.yaml: the agencies of the coordination regulation and their people.</summary>
internal static partial class AgenciesFile
{
    private static readonly Shape<string> Code = Shapes.Written(
        CodePattern(),
        ProblemCodes.BadId,
        new("chữ hoa không dấu, chữ số, gạch nối, ví dụ SKHCN", "upper-case letters, digits, hyphens, such as SKHCN"));

    public static (IReadOnlyList<Agency> Agencies, IReadOnlyList<Person> People)? Bind(BindingContext context, YamlMap root)
    {
        // A code makes the numbers of notices: two agencies must not number into each other.
        var codes = new HashSet<string>(StringComparer.Ordinal);
        MapReader keys = new(context, root);
        IReadOnlyList<Agency>? agencies = keys.Required("agencies", Shapes.ListOf<Agency>(ReadAgency, least: 1));
        IReadOnlyList<Person>? people = keys.Required("people", Shapes.ListOf<Person>(ReadPerson, least: 1));
        return keys.Finish() ? (agencies!, people!) : null;

        bool ReadAgency(YamlNode node, BindingContext inner, [MaybeNullWhen(false)] out Agency value) => BindAgency(node, inner, codes, out value);
    }

    private static bool BindAgency(YamlNode node, BindingContext context, HashSet<string> codes, [MaybeNullWhen(false)] out Agency value)
    {
        value = null;
        if (context.Map(node) is not { } keys)
            return false;
        string? id = keys.Declare(ReferenceKind.Agency);
        AgencyKind kind = keys.Required<AgencyKind>("kind", Shapes.OneOf);
        string? code = keys.Required("code", Code);
        string? name = keys.Required("name", Shapes.Text);
        string? english = keys.Required("name-english", Shapes.Text);
        string superior = keys.Optional("superior", Shapes.TextOrEmpty, "");
        string place = keys.Optional("place", Shapes.TextOrEmpty, "");
        string? address = keys.Required("address", Shapes.Text);
        string? email = keys.Required<string>("email", Shapes.Mail);
        string phone = keys.Optional("phone", Shapes.TextOrEmpty, "");
        string duty = keys.Optional<string>("duty-contact", Shapes.MailOrEmpty, "");
        (DateOnly? from, DateOnly? to) = keys.Validity(fromRequired: true);
        if (code is not null && !codes.Add(code))
            keys.Fail("code", ProblemCodes.DuplicateId, new($"ký hiệu '{code}' đã thuộc cơ quan khác", $"code '{code}' already belongs to another agency"));
        if (!keys.Finish())
            return false;
        value = new Agency
        {
            Id = id!,
            Kind = kind,
            Code = code!,
            Name = name!,
            NameEnglish = english!,
            Superior = superior,
            Place = place,
            Address = address!,
            Email = email!,
            Phone = phone,
            DutyContact = duty,
            ValidFrom = from!.Value,
            ValidTo = to,
        };
        return true;
    }

    private static bool ReadPerson(YamlNode node, BindingContext context, [MaybeNullWhen(false)] out Person value)
    {
        value = null;
        if (context.Map(node) is not { } keys)
            return false;
        string? id = keys.Declare(ReferenceKind.Person);
        string? name = keys.Required("name", Shapes.Text);
        string title = keys.Optional("title", Shapes.TextOrEmpty, "");
        string? agency = keys.Required("agency", Shapes.ReferenceTo(ReferenceKind.Agency));
        IReadOnlyList<Role>? roles = keys.Required("roles", Shapes.ListOf<Role>(Shapes.OneOf, least: 1));
        (DateOnly? from, DateOnly? to) = keys.Validity(fromRequired: false);
        if (!keys.Finish())
            return false;
        value = new Person { Id = id!, Name = name!, Title = title, AgencyId = agency!, Roles = roles!, ValidFrom = from, ValidTo = to };
        return true;
    }

    [GeneratedRegex(@"\A[A-Z0-9][A-Z0-9\-]{0,19}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex CodePattern();
}
