using Monitor.Worker.Settings.Binding;
using Monitor.Worker.Settings.Yaml;

namespace Monitor.Worker.Settings.Schemas;

/// <summary>monitor.yaml, "evidence".</summary>
internal static partial class MonitorFile
{
    private static readonly Shape<TimeSpan> UpToACentury = Shapes.Duration(TimeSpan.FromHours(1), TimeSpan.FromDays(36525));

    private static bool Evidence(YamlNode node, BindingContext context, out EvidenceSettings? value)
    {
        value = null;
        if (context.Map(node) is not { } keys)
            return false;
        EvidenceSettings defaults = new();
        value = new EvidenceSettings
        {
            ApprovalByAnotherAgency = keys.Optional("approval-by-another-agency", Shapes.Flag, defaults.ApprovalByAnotherAgency),
            RetainAfterReceipt = keys.Optional("retain-after-receipt", UpToACentury, defaults.RetainAfterReceipt),
            SigningCertificate = keys.Optional<string>("signing-certificate", Shapes.TextOrEmpty, ""),
            SigningKey = keys.Optional<string>("signing-key", Shapes.TextOrEmpty, ""),
            SigningPasswordVariable = keys.Optional<string>("signing-password-variable", Shapes.TextOrEmpty, ""),
            MediaExpire = keys.Optional("media-expire", UpToACentury, defaults.MediaExpire),
            RecordsExpire = keys.Optional("records-expire", UpToACentury, defaults.RecordsExpire),
        };
        return keys.Finish();
    }
}
