using Monitor.Worker.Settings.Binding;
using Monitor.Worker.Settings.Problems;
using Monitor.Worker.Settings.Yaml;

namespace Monitor.Worker.Settings.Schemas;

/// <summary>Keys that several schemas share.</summary>
internal static class CommonKeys
{
    /// <summary>Reads "id" and makes it known; a second use of it is a fault.</summary>
    public static string? Declare(this MapReader keys, ReferenceKind kind)
    {
        string? id = keys.Required<string>("id", Shapes.Id);
        if (id is not null && !keys.Context.References.Declare(kind, id, keys.Context.File, keys.SpanOf("id")))
            keys.MarkFailed();
        return id;
    }

    /// <summary>Reads "valid-from" and "valid-to" (last day, may be absent).</summary>
    public static (DateOnly? From, DateOnly? To) Validity(this MapReader keys, bool fromRequired)
    {
        DateOnly? from = fromRequired ? keys.Required<DateOnly?>("valid-from", Date) : keys.Optional<DateOnly?>("valid-from", Date, null);
        DateOnly? to = keys.Optional<DateOnly?>("valid-to", Date, null);
        if (from > to)
            keys.Fail("valid-to", ProblemCodes.DatesReversed, new("'valid-to' đứng trước 'valid-from'", "'valid-to' lies before 'valid-from'"));
        return (from, to);
    }

    private static bool Date(YamlNode node, BindingContext context, out DateOnly? value)
    {
        bool good = Shapes.Date(node, context, out DateOnly day);
        value = good ? day : null;
        return good;
    }
}
