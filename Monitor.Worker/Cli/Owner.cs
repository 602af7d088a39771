using Monitor.Worker.Diagnostics;
using Monitor.Worker.Settings.Problems;

namespace Monitor.Worker.Cli;

/// <summary>
/// One process owns a data directory. A verb runs in the owner: in this process when nobody owns it yet, otherwise it is forwarded over the
/// owner's Unix socket and its answer is streamed back.
/// </summary>
public static class Owner
{
    public static async Task<int> RunAsync(CliContext context, Func<House, Task<int>> body, CancellationToken cancellation)
    {
        if (context.House is { } running)
        {
            return await body(running);
        }

        await using var log = LogSetup.ForVerb(context);
        var opening = await House.OpenAsync(new HouseOptions
        {
            ConfigDirectory = context.ConfigDirectory,
            DataDirectory = context.DataDirectory,
            AllowLoopbackTargets = context.Arguments.Contains("--allow-loopback-targets"),
            Log = log.Logger,
        }, cancellation);
        switch (opening)
        {
            case HouseOpening.Opened opened:
                await using (opened.House)
                {
                    WarnKey(context, opened.VaultKeyCreated);
                    return await body(opened.House);
                }

            case HouseOpening.AlreadyOwned:
                return await OwnerClient.ForwardAsync(context, cancellation);
            default:
                return Explain(context, opening);
        }
    }

    /// <summary>Says why a house could not be opened.</summary>
    public static int Explain(CliContext context, HouseOpening opening)
    {
        switch (opening)
        {
            case HouseOpening.ConfigurationInvalid invalid:
                ProblemOutput.Write(context, invalid.Problems);
                return ExitCodes.Configuration;
            case HouseOpening.AlreadyOwned:
                context.Err.WriteLine(context.Say(
                    $"Thư mục dữ liệu '{context.DataDirectory}' đang do một tiến trình Monitor khác giữ.",
                    $"The data directory '{context.DataDirectory}' is owned by another Monitor process."));
                return ExitCodes.Infrastructure;
            case HouseOpening.Failed failed:
                context.Err.WriteLine(failed.Problem);
                return ExitCodes.Infrastructure;
            default:
                throw new InvalidOperationException("unknown opening");
        }
    }

    public static void WarnKey(CliContext context, string? path)
    {
        if (path is not null)
        {
            context.Err.WriteLine(context.Say(
                $"LƯU Ý: đã tạo khoá niêm phong mới tại {path}. Hãy sao lưu khoá này ở nơi an toàn, tách khỏi dữ liệu: mất khoá là mất mọi bản niêm phong.",
                $"NOTE: a new vault key was created at {path}. Back it up in a safe place apart from the data: without it everything sealed is lost."));
        }
    }
}
