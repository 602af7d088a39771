using Monitor.Worker.Diagnostics;
using Monitor.Worker.Operations;
using Monitor.Worker.Settings.Problems;

namespace Monitor.Worker.Cli;

/// <summary>
/// One process owns a data directory. A verb runs in the owner: in this process when nobody owns it yet, otherwise it is forwarded over the
/// owner's Unix socket and its answer is streamed back.
/// </summary>
public static class Owner
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public static async Task<int> RunAsync(CliContext context, Func<House, Task<int>> body, CancellationToken cancellation)
    {
        if (context.House is { } running)
        {
            return await body(running);
        }

        await using var log = LogSetup.ForVerb(context);
        var opening = await OpenOrWaitAsync(context, log, cancellation);
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

    /// <summary>Another one-off verb holds the directory for a moment only; a running owner has its socket up and is called at once.</summary>
    private static async Task<HouseOpening> OpenOrWaitAsync(CliContext context, LogSetup log, CancellationToken cancellation)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var opening = await OpenAsync(context, log, cancellation);
            if (opening is not HouseOpening.AlreadyOwned || File.Exists(OwnerProtocol.SocketOf(context.DataDirectory)) || TimeProvider.System.GetElapsedTime(began) > Patience)
            {
                return opening;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(50, 250)), TimeProvider.System, cancellation);
        }
    }

    private static Task<HouseOpening> OpenAsync(CliContext context, LogSetup log, CancellationToken cancellation) =>
        House.OpenAsync(new HouseOptions
        {
            ConfigDirectory = context.ConfigDirectory,
            DataDirectory = context.DataDirectory,
            MustExist = context.OnlyReads,
            AllowLoopbackTargets = context.Arguments.Contains("--allow-loopback-targets"),
            Log = log.Logger,
        }, cancellation);

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
            case HouseOpening.NoData none:
                return context.Refuse(new Refusal(RefusalKind.NotFound, "no-data", none.Directory));
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
