using System.CommandLine;
using Monitor.Worker.LiteStore;

namespace Monitor.Worker.Cli.Verbs;

public static class BackupVerbs
{
    public static Command Backup(VerbSet verbs)
    {
        var destination = new Argument<string>("destination") { Description = verbs.Say("thư mục trống", "an empty directory") };
        var key = new Option<bool>("--with-key") { Description = verbs.Say("kèm khoá niêm phong (nên để riêng)", "with the vault key (better kept apart)") };
        return verbs.Stateful("backup", "Sao lưu khi đang chạy, rồi mở lại kiểm tra", "Back up while running, then reopen and verify", [destination, key], async (house, parsed, token) =>
            Tell(verbs, await DataBackup.CreateAsync(house.Store, house.Vault, verbs.Context.PathOf(parsed.GetValue(destination)!), parsed.GetValue(key), token)));
    }

    public static Command Restore(VerbSet verbs)
    {
        var source = new Argument<string>("backup");
        return verbs.Plain("restore", "Khôi phục vào thư mục dữ liệu trống (--data)", "Restore into an empty data directory (--data)", [source], async (parsed, token) =>
            Tell(verbs, await DataBackup.RestoreAsync(verbs.Context.PathOf(parsed.GetValue(source)!), verbs.Context.DataDirectory, token)));
    }

    private static int Tell(VerbSet verbs, BackupResult result)
    {
        switch (result)
        {
            case BackupResult.Whole whole:
                var report = whole.Report;
                verbs.Context.Tell(new { ok = true, rows = report.Rows, custody = report.CustodyEntries, custodyHead = report.CustodyHead, vaultItems = report.VaultItems, files = report.Files, bytes = report.Bytes, withKey = report.HasKeyFile },
                    $"Xong và đã kiểm tra: {report.Files} tệp, {report.Bytes / 1024} KB, {report.CustodyEntries} mục lưu vết, {report.VaultItems} bản niêm phong; khoá: {(report.HasKeyFile ? "có" : "không, hãy giữ riêng")}.",
                    $"Done and verified: {report.Files} files, {report.Bytes / 1024} KB, {report.CustodyEntries} custody entries, {report.VaultItems} sealed items; key: {(report.HasKeyFile ? "included" : "not included, keep it apart")}.");
                return ExitCodes.Done;
            case BackupResult.NotEmpty notEmpty:
                verbs.Context.Err.WriteLine(verbs.Say($"Thư mục '{notEmpty.Directory}' không trống.", $"Directory '{notEmpty.Directory}' is not empty."));
                return ExitCodes.NotFoundOrConflict;
            case BackupResult.Unsound unsound:
                foreach (var problem in unsound.Problems)
                {
                    verbs.Context.Tell(new { file = problem.File, error = problem.Problem }, $"{problem.File}: {problem.Problem}", $"{problem.File}: {problem.Problem}");
                }

                return ExitCodes.Problems;
            default:
                throw new InvalidOperationException("unknown backup result");
        }
    }
}
