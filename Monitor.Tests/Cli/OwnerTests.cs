using Monitor.Worker.Cli;

namespace Monitor.Tests.Cli;

/// <summary>One process owns the data: others forward to it, or are told that it is busy.</summary>
public sealed class OwnerTests
{
    [Fact]
    public async Task A_forwarded_call_says_what_a_local_one_says()
    {
        await using var home = new CliHome();
        var notice = await home.DraftAsync();
        string[][] calls =
        [
            ["targets", "list"], ["targets", "list", "--json"], ["targets", "show", "T000001"], ["cases", "list", "--lang", "en"], ["cases", "show", "C000001", "--json"],
            ["takedowns", "list"], ["takedowns", "preview", notice], ["custody", "list"], ["custody", "verify", "--json"], ["hashes", "banks"],
            ["targets", "show", "T000009"], ["takedowns", "approve", notice, "--as", "binh.tran", "--json"], ["cases", "list", "--as", "giang.vo"],
        ];
        var local = new List<Process.Answer>();
        foreach (var call in calls)
        {
            local.Add(await home.AskAsync(call));
        }

        await using var house = await home.OpenAsync();
        await using var server = new OwnerServer(house, Serilog.Core.Logger.None);
        server.Start();
        for (var i = 0; i < calls.Length; i++)
        {
            Assert.Equal(local[i], await home.AskAsync(calls[i]));
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(OwnerProtocol.SocketOf(home.DataDirectory)));
    }

    [Fact]
    public async Task Acts_forwarded_at_once_are_all_done_once()
    {
        await using var home = new CliHome();
        await using var house = await home.OpenAsync();
        await using var server = new OwnerServer(house, Serilog.Core.Logger.None);
        server.Start();

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => home.AskAsync("intake", "add", $"http://lantern-forum.example/t/{i}", "--as", "an.nguyen", "--json")));

        Assert.All(answers, answer => Assert.Equal(ExitCodes.Done, answer.Exit));
        Assert.Equal(40, answers.Select(answer => answer.Lines.Single().GetProperty("targetId").GetString()).Distinct().Count());
        Assert.Equal(40, (await home.LinesAsync("targets", "list")).Count);
    }

    [Fact]
    public async Task Without_a_listening_owner_the_directory_is_busy()
    {
        await using var home = new CliHome();
        await using var house = await home.OpenAsync();
        Assert.Equal(ExitCodes.Infrastructure, (await home.AskAsync("targets", "list")).Exit);
        Assert.Equal(ExitCodes.Infrastructure, (await home.AskAsync("run", "--allow-loopback-targets")).Exit);
    }

    [Fact]
    public async Task A_second_run_is_refused_and_the_first_goes_on()
    {
        await using var home = new CliHome();
        await using var house = await home.OpenAsync();
        await using var server = new OwnerServer(house, Serilog.Core.Logger.None);
        server.Start();
        var second = await home.AskAsync("run", "--allow-loopback-targets", "--lang", "en");
        Assert.Equal(ExitCodes.Infrastructure, second.Exit);
        Assert.Contains("owned by another", second.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Done, (await home.AskAsync("targets", "list")).Exit);
    }

    [Fact]
    public async Task A_call_under_way_is_finished_before_the_owner_goes()
    {
        await using var home = new CliHome();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        home.Site.On("/t/7", async exchange =>
        {
            asked.TrySetResult();
            await answer.Task;
            await exchange.RespondAsync(200, "<html><body><main>đèn lồng</main></body></html>"u8.ToArray(), ("Content-Type", "text/html; charset=utf-8"));
        });
        await home.LinesAsync("intake", "add", CliHome.Page, "--as", "an.nguyen");
        await using var house = await home.OpenAsync();
        var server = new OwnerServer(house, Serilog.Core.Logger.None);
        server.Start();
        var call = home.AskAsync("targets", "inspect", "T000001", "--json");
        await asked.Task.WaitAsync(TestContext.Current.CancellationToken);

        var stopping = server.DisposeAsync().AsTask();
        answer.SetResult();
        var told = await call;
        await stopping;

        Assert.Equal(ExitCodes.Done, told.Exit);
        Assert.Equal("T000001/00000001", told.Lines.Single().GetProperty("observation").GetString());
    }

    [Fact]
    public async Task Garbage_on_the_socket_harms_nobody()
    {
        await using var home = new CliHome();
        await using var house = await home.OpenAsync();
        await using var server = new OwnerServer(house, Serilog.Core.Logger.None);
        server.Start();
        byte[][] pieces = [[], [1], [1, 0xff, 0xff, 0xff, 0xff], [1, 0x7f, 0, 0, 0], [1, 0, 0, 0, 3, (byte)'{', (byte)'a', (byte)'}'], [9, 0, 0, 0, 0], new byte[4096]];
        foreach (var piece in pieces)
        {
            using var socket = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified);
            await socket.ConnectAsync(new System.Net.Sockets.UnixDomainSocketEndPoint(OwnerProtocol.SocketOf(home.DataDirectory)), TestContext.Current.CancellationToken);
            await socket.SendAsync(piece, System.Net.Sockets.SocketFlags.None, TestContext.Current.CancellationToken);
        }

        Assert.Equal(ExitCodes.Done, (await home.AskAsync("targets", "list")).Exit);
    }
}
