using System.Globalization;
using Fluid;
using Fluid.Values;

namespace Monitor.Worker.Notices;

/// <summary>A member of the model that may be missing and is ({% if item.account %}): false in conditions, printed as nothing. Not "nil", which strict templates take for a misspelt name.</summary>
internal sealed class AbsentValue : FluidValue
{
    private AbsentValue()
    {
    }

    public static AbsentValue Instance { get; } = new();

    public override FluidValues Type => FluidValues.Empty;

    public override bool Equals(FluidValue? other) => ReferenceEquals(this, other) || other?.ToStringValue().Length == 0;

    public override bool Equals(object? obj) => obj is FluidValue value && Equals(value);

    public override int GetHashCode() => 0;

    public override bool ToBooleanValue() => false;

    public override decimal ToNumberValue() => 0;

    public override string ToStringValue() => "";

    public override ValueTask WriteToAsync(TextWriter writer, System.Text.Encodings.Web.TextEncoder encoder, CultureInfo cultureInfo) => ValueTask.CompletedTask;

    public override object? ToObjectValue() => null;
}
