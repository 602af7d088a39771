using System.Globalization;
using Fluid;
using Fluid.Values;

namespace Monitor.Worker.Notices;

/// <summary>A group of the model as templates see it. A name it does not have is an error that says which, never an empty text in a legal document.</summary>
internal sealed class ModelValue(string path, IReadOnlyDictionary<string, FluidValue> members) : FluidValue
{
    public override FluidValues Type => FluidValues.Object;

    public override ValueTask<FluidValue> GetValueAsync(string name, TemplateContext context) =>
        members.TryGetValue(name, out FluidValue? value) ? new(value) : throw new MissingVariableException($"{path}.{name}");

    public override ValueTask<FluidValue> GetIndexAsync(FluidValue index, TemplateContext context) => GetValueAsync(index.ToStringValue(), context);

    public override bool Equals(FluidValue? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(path);

    public override bool ToBooleanValue() => true;

    public override decimal ToNumberValue() => 0;

    // Printing a whole group is a slip of the template's author.
    public override string ToStringValue() => throw new MissingVariableException(path);

    public override ValueTask WriteToAsync(TextWriter writer, System.Text.Encodings.Web.TextEncoder encoder, CultureInfo cultureInfo) =>
        throw new MissingVariableException(path);

    public override object ToObjectValue() => members;
}
