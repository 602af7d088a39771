using System.Collections;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Monitor.Rules.Banks;
using Monitor.Rules.Cases;
using Monitor.Rules.Hashing;
using Monitor.Rules.Matching;
using Monitor.Rules.Removal;
using Monitor.Rules.Takedowns;
using Monitor.Rules.WatchLists;
using Monitor.Tests.Contracts;
using Monitor.Worker.Storage;

namespace Monitor.Tests.Storage;

/// <summary>Every property of every row survives, whatever it holds: values are made by reflection, so a property added later is tested too.</summary>
public sealed class RowJsonTests
{
    public static TheoryData<Type> RowTypes => new(
        typeof(Target), typeof(Candidate), typeof(IntakeReport), typeof(Case), typeof(Observation), typeof(TakedownRequest), typeof(Notice),
        typeof(OutboxMessage), typeof(NumberSeries), typeof(HashBankVersion), typeof(HashEntryState));

    [Theory]
    [MemberData(nameof(RowTypes))]
    public void Least_and_most_and_many_in_between_survive(Type type)
    {
        Survives(type, new Maker(_ => Fill.Least));
        Survives(type, new Maker(_ => Fill.Most));
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            Survives(type, new Maker(_ => random.Next(3) switch { 0 => Fill.Least, 1 => Fill.Most, _ => Fill.Usual }));
        }
    }

    [Theory]
    [MemberData(nameof(RowTypes))]
    public void The_most_differs_from_the_default_in_every_property(Type type)
    {
        // Otherwise the test above would pass by leaving everything out.
        var most = new Maker(_ => Fill.Most).Make(type);
        foreach (var property in Maker.Writable(type))
        {
            if (property.PropertyType.IsEnum && Enum.GetValues(property.PropertyType).Length == 1)
                continue;
            Assert.NotEqual(property.PropertyType.IsValueType ? Activator.CreateInstance(property.PropertyType) : null, property.GetValue(most));
        }
    }

    [Fact]
    public void What_stands_at_its_default_is_left_out()
    {
        var text = Encoding.UTF8.GetString(RowJson.Write(Rows.Target(1)));
        Assert.Equal(
            """{"id":"T000001","url":"https://lantern.example/1","host":"lantern.example","watchListId":"public-pages","ownerAgency":"SKHCN","category":"sexualAbuseMaterial","platformId":"generic","createdAt":1772366400005}""",
            text);
    }

    [Fact]
    public void A_default_that_is_not_zero_and_zero_itself_are_told_apart()
    {
        var request = Rows.Request(1, 1) with { DeadlineHours = 0 };
        Assert.Equal(0, RowJson.Read<TakedownRequest>(RowJson.Write(request)).DeadlineHours);
        Assert.Equal(24, RowJson.Read<TakedownRequest>(RowJson.Write(Rows.Request(1, 1))).DeadlineHours);
        var run = new VantageRun { Vantage = "direct", Since = Rows.Noon, Last = Rows.Noon, ControlsValid = false };
        Assert.False(RowJson.Read<VantageRun>(RowJson.Write(run)).ControlsValid);
    }

    [Fact]
    public void A_perceptual_hash_is_stored_as_hex_with_quality_and_variant_and_rows_from_before_have_none()
    {
        var hash = new PdqFingerprint(PdqHash.Parse("0adaa3f00bda07f00a5a0ff00b5a1ff00d5afff00aa5aa0fdfe50f8f7c05e00f"), 77, PdqVariant.FullResolution);
        var media = new KnownMedia { Url = "https://lantern.example/a.jpg", FirstSeenAt = Rows.Noon, LastSeenAt = Rows.Noon, Pdq = hash };
        var text = Encoding.UTF8.GetString(RowJson.Write(media));
        Assert.Contains("""{"hash":"0adaa3f00bda07f00a5a0ff00b5a1ff00d5afff00aa5aa0fdfe50f8f7c05e00f","quality":77,"variant":"fullResolution"}""", text, StringComparison.Ordinal);
        Assert.Equal(hash, RowJson.Read<KnownMedia>(Encoding.UTF8.GetBytes(text)).Pdq);
        Assert.Null(RowJson.Read<KnownMedia>("""{"url":"x","firstSeenAt":1,"lastSeenAt":1}"""u8).Pdq);
    }

    [Fact]
    public void What_is_computed_is_not_stored() =>
        Assert.DoesNotContain("legalDeadline", Encoding.UTF8.GetString(RowJson.Write(Rows.Request(1, 1) with { DeliveredAt = Rows.Noon })), StringComparison.Ordinal);

    [Fact]
    public void Unknown_properties_are_passed_over_and_damage_is_not()
    {
        const string Case = """{"id":"C000001","ownerAgency":"A","targetId":"T000001","category":"abuseOrViolence","severity":"low","openedAt":5,"later":{"x":[1]}}""";
        Assert.Equal("C000001", RowJson.Read<Case>(Encoding.UTF8.GetBytes(Case)).Id);
        foreach (var broken in new[] { "", "null", "{}", "{\"id\":", Case.Replace("low", "worst", StringComparison.Ordinal), Case.Replace("\"low\"", "3", StringComparison.Ordinal), Case.Replace(":5,", ":\"5\",", StringComparison.Ordinal) })
            Assert.ThrowsAny<JsonException>(() => RowJson.Read<Case>(Encoding.UTF8.GetBytes(broken)));
    }

    private static void Survives(Type type, Maker maker)
    {
        var row = maker.Make(type);
        var write = typeof(RowJson).GetMethod(nameof(RowJson.Write))!.MakeGenericMethod(type);
        var bytes = (byte[])write.Invoke(null, [row])!;
        var again = ReadBack(type, bytes);
        AssertSame(row, again, type.Name);
    }

    private static object ReadBack(Type type, byte[] bytes) =>
        type == typeof(Target) ? RowJson.Read<Target>(bytes)
        : type == typeof(Candidate) ? RowJson.Read<Candidate>(bytes)
        : type == typeof(IntakeReport) ? RowJson.Read<IntakeReport>(bytes)
        : type == typeof(Case) ? RowJson.Read<Case>(bytes)
        : type == typeof(Observation) ? RowJson.Read<Observation>(bytes)
        : type == typeof(TakedownRequest) ? RowJson.Read<TakedownRequest>(bytes)
        : type == typeof(Notice) ? RowJson.Read<Notice>(bytes)
        : type == typeof(OutboxMessage) ? RowJson.Read<OutboxMessage>(bytes)
        : type == typeof(NumberSeries) ? RowJson.Read<NumberSeries>(bytes)
        : type == typeof(HashEntryState) ? RowJson.Read<HashEntryState>(bytes)
        : RowJson.Read<HashBankVersion>(bytes);

    private static void AssertSame(object? expected, object? actual, string where)
    {
        switch (expected)
        {
            case null:
                Assert.True(actual is null, where);
                break;
            case string or Digest or PdqHash:
                Assert.Equal(expected, actual);
                break;
            case IEnumerable list:
                var left = list.Cast<object?>().ToList();
                var right = Assert.IsAssignableFrom<IEnumerable>(actual).Cast<object?>().ToList();
                Assert.True(left.Count == right.Count, where);
                for (var i = 0; i < left.Count; i++)
                    AssertSame(left[i], right[i], $"{where}[{i}]");
                break;
            default:
                if (expected.GetType().Namespace!.StartsWith("Monitor.", StringComparison.Ordinal) && expected.GetType().IsClass)
                {
                    foreach (var property in Maker.Writable(expected.GetType()))
                        AssertSame(property.GetValue(expected), property.GetValue(actual), $"{where}.{property.Name}");
                }
                else
                {
                    Assert.True(Equals(expected, actual), $"{where}: {expected} became {actual}");
                }

                break;
        }
    }

    private enum Fill
    {
        Least,
        Usual,
        Most,
    }

    private sealed class Maker(Func<Type, Fill> fill)
    {
        private static readonly NullabilityInfoContext Nullability = new();
        private int _count;

        public static IEnumerable<PropertyInfo> Writable(Type type) => type.GetProperties().Where(property => property.SetMethod is not null);

        public object Make(Type type)
        {
            object made;
            if (type.GetConstructor(Type.EmptyTypes) is { } plain)
            {
                made = plain.Invoke(null);
            }
            else
            {
                var constructor = type.GetConstructors().Single(one => one.GetParameters().Length > 0);
                made = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Value(parameter.ParameterType, Nullability.Create(parameter).ReadState == NullabilityState.Nullable))]);
            }

            foreach (var property in Writable(type))
                property.SetValue(made, Value(property.PropertyType, Nullability.Create(property).ReadState == NullabilityState.Nullable));
            return made;
        }

        private object? Value(Type type, bool nullable)
        {
            var how = fill(type);
            if (nullable && how == Fill.Least)
                return null;
            var plain = Nullable.GetUnderlyingType(type) ?? type;
            if (plain.IsEnum)
            {
                var values = Enum.GetValues(plain);
                return values.GetValue(how == Fill.Least ? 0 : how == Fill.Most ? values.Length - 1 : ++_count % values.Length);
            }

            if (plain == typeof(string))
                return how switch { Fill.Least => "", Fill.Usual => $"đèn lồng xanh {++_count}", _ => new string('ồ', 3000) + "\0\u001f\"\\\u2028🏮</script>" };
            if (plain == typeof(bool))
                return how != Fill.Least;
            if (plain == typeof(int))
                return how switch { Fill.Least => 0, Fill.Usual => ++_count, _ => int.MaxValue };
            if (plain == typeof(long))
                return how switch { Fill.Least => 0L, Fill.Usual => -1L - ++_count, _ => long.MaxValue };
            if (plain == typeof(ulong))
                return how switch { Fill.Least => 0UL, Fill.Usual => (ulong)++_count, _ => ulong.MaxValue };
            if (plain == typeof(double))
                return how switch { Fill.Least => 0d, Fill.Usual => 0.1 * ++_count, _ => double.MaxValue };
            if (plain == typeof(DateTimeOffset))
                return how switch { Fill.Least => DateTimeOffset.UnixEpoch, Fill.Usual => Rows.Noon.AddMilliseconds(++_count), _ => DateTimeOffset.FromUnixTimeMilliseconds(DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()) };
            if (plain == typeof(TimeSpan))
                return how switch { Fill.Least => TimeSpan.Zero, Fill.Usual => TimeSpan.FromMilliseconds(++_count), _ => TimeSpan.MaxValue };
            if (plain == typeof(DateOnly))
                return how switch { Fill.Least => DateOnly.MinValue, Fill.Usual => new DateOnly(2026, 3, 1), _ => DateOnly.MaxValue };
            if (plain == typeof(Digest))
                return how switch { Fill.Least => Digest.Parse(new string('0', 32)), Fill.Usual => Digest.Parse(new string('a', 40)), _ => Digest.Parse(new string('f', 64)) };
            if (plain == typeof(PdqHash))
                return PdqHash.Parse(new string(how switch { Fill.Least => '0', Fill.Usual => 'a', _ => 'f' }, 64));
            if (plain.IsGenericType && plain.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            {
                var element = plain.GetGenericArguments()[0];
                var list = Array.CreateInstance(element, how switch { Fill.Least => 0, Fill.Usual => 2, _ => 5 });
                for (var i = 0; i < list.Length; i++)
                    list.SetValue(Value(element, nullable: false), i);
                return list;
            }

            return Make(plain);
        }
    }
}
