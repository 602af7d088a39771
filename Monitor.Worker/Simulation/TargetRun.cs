using Monitor.Rules.Removal;
using Monitor.Rules.Takedowns;
using Monitor.Worker.Demo;
using Monitor.Worker.Operations;

namespace Monitor.Worker.Simulation;

/// <summary>
/// One target from its first look to the end of the run, event by event in virtual time: the real schedule, proof and tables, with a
/// modelled world and modelled people around them. Targets know nothing of each other, so they may run side by side.
/// </summary>
internal sealed class TargetRun
{
    private static readonly DateTimeOffset None = DateTimeOffset.MaxValue;
    private static readonly TimeSpan Cadence = TimeSpan.FromHours(24);
    private static readonly TimeSpan ReminderPause = TimeSpan.FromHours(24);

    /// <summary>Between the looks of two lines at the same check.</summary>
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan LocalOffset = new RemovalRules().LocalOffset;

    /// <summary>A removal that is younger than this at the end is not called missed: the soft proof and its people take most of it.</summary>
    private static readonly TimeSpan MissedAfter = TimeSpan.FromDays(7);

    private readonly SimulationWorld _world;
    private readonly Dice _dice;
    private readonly RemovalRules _rules;
    private readonly Truth _truth;
    private readonly string _id;
    private readonly double _place;
    private readonly int[] _probesPerHour;
    private readonly DateTimeOffset _firstSent;
    private readonly int _firstPerson;

    private RemovalProgress _progress = new();
    private DemandState _demand;
    private TargetOutcome _outcome;
    private DateTimeOffset _nextCheck;
    private DateTimeOffset _nextReminder = None;
    private DateTimeOffset _nextPerson = None;
    private DateTimeOffset _nextNotice;
    private DateTimeOffset _nextReply = None;
    private DateTimeOffset _quietUntil;
    private DateTimeOffset _rungsFrom = None;
    private DateTimeOffset? _sentAt;
    private NoticeKind _notice = NoticeKind.Takedown;
    private DemandTrigger _reply;
    private int _rung;
    private int _check;
    private float _firstGoneOfConfirmed = float.NaN;

    private TargetRun(SimulationWorld world, int number, int[] probesPerHour)
    {
        _world = world;
        _probesPerHour = probesPerHour;
        _dice = Dice.For(world.Seed, $"target/{number}");
        _id = Ids.Target(number + 1);
        _place = _dice.Unit();
        var created = world.Start + (world.Population.Arrival * _dice.Unit());
        _firstSent = world.Down.Shift(created + _dice.Hours(world.Population.VerifierHours) + _dice.Hours(world.Population.ApproverHours), _place);
        _truth = TruthBuilder.Draw(world.Population, _dice, created, _firstSent, world.End);
        _rules = world.RulesOf(_truth.Walled);
        _firstPerson = _dice.Between(0, TruthBuilder.People - 1);
        _nextCheck = world.Down.Shift(created, _place);
        _nextNotice = _firstSent;
        _quietUntil = created;
        _outcome = new TargetOutcome { Behaviour = _truth.Behaviour, TruthGone = float.NaN, MeasuredGone = float.NaN, ConfirmDelay = float.NaN, ReappearanceDelay = float.NaN };
    }

    private bool IsGone => _progress.IsProven || _progress.State == RemovalState.ApparentlyGone;

    /// <param name="probesPerHour">Counted up; a row per hour of the run.</param>
    public static TargetOutcome Follow(SimulationWorld world, int number, int[] probesPerHour) => new TargetRun(world, number, probesPerHour).Run();

    private TargetOutcome Run()
    {
        while (true)
        {
            var now = Min(Min(Min(_nextCheck, _nextReminder), Min(_nextPerson, _nextNotice)), _nextReply);
            if (now >= _world.End)
            {
                return End();
            }

            Climb(now);
            if (now == _nextNotice)
            {
                Send(now);
            }
            else if (now == _nextReply)
            {
                Reply(now);
            }
            else if (now == _nextReminder)
            {
                Remind(now);
            }
            else if (now == _nextPerson)
            {
                SendPerson(now);
            }
            else
            {
                Check(now);
            }
        }
    }

    private static DateTimeOffset Min(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private void Check(DateTimeOffset now)
    {
        _check++;
        var saw = false;
        var at = now;
        var looks = new List<ProofFact>(2);
        foreach (var vantage in _rules.RequiredVantages)
        {
            at = looks.Count == 0 ? now : at + BetweenLines;
            var hour = (int)(at - _world.Start).TotalHours;
            if (hour < _probesPerHour.Length)
            {
                _probesPerHour[hour]++;
            }

            _outcome.Probes++;
            var seen = _truth.Look(vantage, at, _check, _world.Weakening != Weakening.MediaIncluded);
            if (_world.Weakening.Bend(seen) is not { } fact)
            {
                saw = true;
                continue;
            }

            saw |= fact.Liveness != Liveness.Inconclusive;
            looks.Add(fact);
        }

        ProofStep? last = null;
        foreach (var fact in VantageVerdict.Together(looks))
        {
            last = RemovalProof.Observe(_progress, fact, _rules);
            Apply(last, at);
        }

        _outcome.Checks++;
        // One line that saw something is a look; the retries of the schedule are for checks that saw nothing at all.
        _nextCheck = _world.Down.Shift(RecheckSchedule.Next(_progress, _rules, _sentAt, Cadence, !saw, at, Ids.Observation(_id, _check)), _place);
        if (last is not null)
        {
            Attend(last, at);
        }
    }

    /// <summary>The real house puts the target before a person when only people are missing, when it is time to look again, or when the machine sees nothing time and again.</summary>
    private void Attend(ProofStep step, DateTimeOffset now)
    {
        if (_nextPerson != None || (!_world.Population.LookBehindWalls && !_rules.Walled && RemovalProof.PeopleDecide(_progress, _rules)))
        {
            return;
        }

        if (step.WaitsForPeople || RemovalProof.PersonDue(_progress, _rules, now)
            || (_progress.InconclusiveStreak >= _rules.InconclusiveBeforePerson && _world.Population.LookBehindWalls && now >= _quietUntil))
        {
            _nextPerson = AtWork(now + _dice.Hours(_world.Population.PersonHours));
        }
    }

    private void SendPerson(DateTimeOffset now)
    {
        _nextPerson = None;
        _outcome.PersonLooks++;
        var person = Person(now);
        switch (_truth.LookOfPerson(person, now))
        {
            case PersonSight.Live:
                _quietUntil = now + Attention.Quiet;
                if (_world.Weakening.Bend(ProofFact.SeenLiveBy(NameOf(person), now)) is { } fact)
                {
                    Apply(RemovalProof.Observe(_progress, fact, _rules), now);
                }

                break;
            case PersonSight.Gone:
                Confirm(person, now);
                break;
            case PersonSight.Nothing:
                _nextPerson = AtWork(now + TimeSpan.FromHours(24));
                break;
        }
    }

    private void Confirm(int person, DateTimeOffset now)
    {
        var step = RemovalProof.Observe(_progress, ProofFact.SeenGoneBy(NameOf(person), now, captured: true), _rules);
        if (ReferenceEquals(step.Progress, _progress))
        {
            _outcome.UnusedLooks++;
            _quietUntil = now + Attention.Quiet;
            return;
        }

        Apply(step, now);
        var decide = RemovalProof.PeopleDecide(_progress, _rules);
        if (step.WaitsForPeople || RemovalProof.PersonDue(_progress, _rules, now))
        {
            // Where people's looks are the only ones the next looks on another day.
            var delay = decide && _world.Population.NextPersonHours is null ? TimeSpan.FromHours(24) - (now.ToOffset(LocalOffset).TimeOfDay - TimeSpan.FromHours(8)) : TimeSpan.Zero;
            var hours = !decide ? _world.Population.PersonHours : _world.Population.NextPersonHours ?? new HourRange(4, 8);
            _nextPerson = AtWork(now + (delay > TimeSpan.Zero ? delay : TimeSpan.Zero) + _dice.Hours(hours));
        }
    }

    /// <summary>Somebody who has not vouched for this run yet; the same one again when all have.</summary>
    private int Person(DateTimeOffset now)
    {
        for (var i = 0; i < TruthBuilder.People; i++)
        {
            var person = (_firstPerson + _outcome.PersonLooks + i) % TruthBuilder.People;
            var name = NameOf(person);
            if (!_progress.People.Any(one => one.Person == name && now - one.At < _rules.LargestGap))
            {
                return person;
            }
        }

        return _firstPerson;
    }

    private static string NameOf(int person) => person switch { 0 => "an", 1 => "binh", 2 => "chi", 3 => "dung", _ => "giang" };

    private DateTimeOffset AtWork(DateTimeOffset at)
    {
        if (_world.Population.OfficeHours)
        {
            var local = at.ToOffset(LocalOffset);
            if (local.Hour < 8)
            {
                at = at - local.TimeOfDay + TimeSpan.FromHours(8) + _dice.Hours(0, 2);
            }
            else if (local.Hour >= 17)
            {
                at = at - local.TimeOfDay + TimeSpan.FromHours(32) + _dice.Hours(0, 2);
            }
        }

        return _world.Down.Shift(at, _place);
    }

    private void Apply(ProofStep step, DateTimeOffset at)
    {
        var before = _progress;
        _progress = step.Progress;
        foreach (var effect in step.Effects)
        {
            switch (effect)
            {
                case RemovalEffect.PauseReminders:
                    _nextReminder = None;
                    break;
                case RemovalEffect.ResumeReminders:
                    if (_sentAt is not null && _demand is DemandState.Open or DemandState.Acknowledged)
                    {
                        _nextReminder = at + ReminderPause;
                    }

                    break;
                case RemovalEffect.CloseDemand:
                    Demand(DemandTrigger.RemovalConfirmed);
                    _nextReminder = None;
                    Confirmed(at);
                    break;
                case RemovalEffect.ReopenDemand:
                    Demand(DemandTrigger.ContentReappeared);
                    break;
                case RemovalEffect.DraftMediaNotice:
                    Draft(NoticeKind.Media, at);
                    break;
                case RemovalEffect.DraftReappearanceNotice:
                    Draft(NoticeKind.Reappearance, at);
                    break;
                case RemovalEffect.AlertPerson:
                    break;
            }
        }

        if (before.State != RemovalState.DurablyRemoved && _progress.State == RemovalState.DurablyRemoved)
        {
            _outcome.Durable++;
            _outcome.FalseDurable += _truth.IsServed(at) ? (ushort)1 : (ushort)0;
        }

        if (_progress.Reappearances > before.Reappearances && at >= _truth.BackAt && at < _truth.GoneAgainAt && _outcome.ReuploadsFound < _outcome.Reuploads)
        {
            _outcome.ReuploadsFound++;
            _outcome.ReappearanceDelay = float.IsNaN(_outcome.ReappearanceDelay) ? (float)(at - _truth.BackAt).TotalHours : _outcome.ReappearanceDelay;
        }
    }

    private void Confirmed(DateTimeOffset at)
    {
        _outcome.Confirmations++;
        _quietUntil = at + TimeSpan.FromDays(30);
        if (_truth.GoneSince(at) is not { } goneSince)
        {
            _outcome.FalseConfirmations++;
            return;
        }

        if (float.IsNaN(_outcome.ConfirmDelay))
        {
            _outcome.ConfirmDelay = (float)(at - goneSince).TotalHours;
            _firstGoneOfConfirmed = Hours(_progress.FirstGoneAt ?? at);
        }

        if (_truth.Behaviour == Behaviour.Reupload && _outcome.Reuploads == 0)
        {
            _truth.BackAt = at + _dice.Hours(24, 24 * 40);
            if (_truth.BackAt < _world.End)
            {
                _outcome.Reuploads++;
            }
        }
    }

    private float Hours(DateTimeOffset at) => (float)Math.Max(0, (at - _firstSent).TotalHours);

    /// <summary>A draft waits for its approver; there is one at a time.</summary>
    private void Draft(NoticeKind kind, DateTimeOffset at)
    {
        if (_sentAt is not null && _nextNotice == None)
        {
            _notice = kind;
            _nextNotice = _world.Down.Shift(at + _dice.Hours(_world.Population.ApproverHours), _place);
        }
    }

    /// <summary>Approved and taken by the receiving server, which counts as delivered.</summary>
    private void Send(DateTimeOffset now)
    {
        _nextNotice = None;
        _outcome.Notices++;
        _sentAt = now;
        if (_demand is DemandState.Open or DemandState.Acknowledged)
        {
            _nextReminder = _progress.FirstGoneAt is not null ? None : _nextReminder != None && _nextReminder > now ? _nextReminder : now + ReminderPause;
        }

        var soon = now + TimeSpan.FromHours(1);
        _nextCheck = _nextCheck < soon ? _nextCheck : soon;
        switch (_notice)
        {
            case NoticeKind.Takedown:
                (_rungsFrom, _rung) = (now, 0);
                if (_world.Population.Replies)
                {
                    PlanReply(now);
                }

                break;
            case NoticeKind.Media when _truth.Behaviour == Behaviour.CdnCopy && _truth.MediaGoneAt == DateTimeOffset.MaxValue:
                // One CDN in ten does not listen.
                _truth.MediaGoneAt = _dice.Chance(0.9) ? now + _dice.Hours(2, 72) : DateTimeOffset.MaxValue;
                break;
            case NoticeKind.Reappearance:
                (_rungsFrom, _rung) = (now, 0);
                if (_truth.BackAt <= now && _truth.GoneAgainAt == DateTimeOffset.MaxValue)
                {
                    _truth.GoneAgainAt = now + _dice.Waiting(24, 24 * 10);
                }

                break;
        }
    }

    private void PlanReply(DateTimeOffset now)
    {
        var drawn = _dice.Unit();
        if (drawn < 0.3)
        {
            (_nextReply, _reply) = (now + _dice.Hours(0.1, 24), DemandTrigger.PlatformAcknowledged);
        }
        else if (drawn < 0.5 && _truth.PageGoneAt < _world.End)
        {
            (_nextReply, _reply) = (_truth.PageGoneAt + _dice.Hours(0, 6), DemandTrigger.PlatformSaysRemoved);
        }
        else if (drawn < 0.6)
        {
            // Said, whatever is true.
            (_nextReply, _reply) = (now + _dice.Hours(1, 48), DemandTrigger.PlatformSaysRemoved);
        }
        else if (drawn > 0.8 && _truth.Behaviour == Behaviour.NeverRemoves)
        {
            (_nextReply, _reply) = (now + _dice.Hours(1, 72), DemandTrigger.PlatformRefused);
        }
    }

    private void Reply(DateTimeOffset now)
    {
        _nextReply = None;
        foreach (var effect in Demand(_reply))
        {
            if (effect == DemandEffect.ProbeNow)
            {
                _outcome.ReplySaysRemoved++;
                _nextCheck = _world.Down.Shift(now, _place);
            }
        }
    }

    private IReadOnlyList<DemandEffect> Demand(DemandTrigger trigger)
    {
        switch (DemandTable.Instance.Apply(_demand, trigger))
        {
            case Transition<DemandState, DemandEffect>.Moved moved:
                _demand = moved.Next;
                return moved.Effects;
            case Transition<DemandState, DemandEffect>.NoChange:
                return [];
            case Transition<DemandState, DemandEffect>.Illegal illegal:
                throw new InvalidOperationException(illegal.Reason);
            default:
                throw new InvalidOperationException("unknown transition");
        }
    }

    private void Remind(DateTimeOffset now)
    {
        if (_world.Down.Shift(now, _place) is var later && later > now)
        {
            _nextReminder = later;
        }
        else if (_demand is DemandState.Open or DemandState.Acknowledged)
        {
            _outcome.Reminders++;
            _nextReminder = now + ReminderPause;
        }
        else
        {
            // Refused: a person decides, nothing is repeated by itself.
            _nextReminder = None;
        }
    }

    /// <summary>A rung is climbed when its time since delivery has come and the content is not even apparently gone.</summary>
    private void Climb(DateTimeOffset now)
    {
        while (_rung < SimulationWorld.Ladder.Count && _rungsFrom != None && !IsGone && now >= _rungsFrom + SimulationWorld.Ladder[_rung].After)
        {
            _outcome.Rungs |= (byte)(1 << _rung);
            _rung++;
        }
    }

    private TargetOutcome End()
    {
        var end = _world.End;
        _outcome.State = _progress.State;
        _outcome.Followed = Hours(end);
        var gone = _truth.PageGoneAt > _truth.MediaGoneAt ? _truth.PageGoneAt : _truth.MediaGoneAt;
        _outcome.TruthGone = gone < end ? Hours(gone) : float.NaN;
        _outcome.MeasuredGone = !float.IsNaN(_firstGoneOfConfirmed) ? _firstGoneOfConfirmed : _progress.FirstGoneAt is { } seen ? Hours(seen) : float.NaN;
        _outcome.Missed = _truth.GoneSince(end) is { } since && end - since >= MissedAfter && !_progress.IsProven;
        return _outcome;
    }
}
