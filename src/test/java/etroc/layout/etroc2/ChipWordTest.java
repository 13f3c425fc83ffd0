package etroc.layout.etroc2;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import etroc.Golden;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ChipWordTest {
    private static JsonNode vectors(String name) throws IOException {
        return Golden.json(Golden.mini("etroc2-words").resolve("vectors.json")).get(name);
    }

    private static long hex(JsonNode word) {
        return Long.parseLong(word.asText(), 16);
    }

    @Test
    void wordsAreWhatTheVectorsSay() throws IOException {
        for (JsonNode v : vectors("words")) {
            long word = hex(v.get("word"));
            String kind = ChipWord.kind(word).name().toLowerCase(Locale.ROOT);
            assertThat(kind).as(v.toString()).isEqualTo(v.get("kind").asText());
            long again = word;
            if (kind.equals("header")) {
                assertThat(ChipWord.l1(word)).isEqualTo(v.get("l1").asInt());
                assertThat(ChipWord.type(word)).isEqualTo(v.get("type").asInt());
                assertThat(ChipWord.bcid(word)).isEqualTo(v.get("bcid").asInt());
                again = ChipWord.header(ChipWord.l1(word), ChipWord.type(word), ChipWord.bcid(word));
            } else if (kind.equals("data")) {
                assertData(word, v);
                again = ChipWord.data(
                        ChipWord.ea(word),
                        ChipWord.column(word),
                        ChipWord.row(word),
                        ChipWord.toa(word),
                        ChipWord.tot(word),
                        ChipWord.cal(word));
            } else if (kind.equals("trailer")) {
                assertTrailer(word, v);
                again = ChipWord.trailer(
                        ChipWord.chip(word), ChipWord.status(word), ChipWord.hits(word), ChipWord.crc(word));
            }
            assertThat(again).as(v.toString()).isEqualTo(word);
        }
    }

    private static void assertData(long word, JsonNode v) {
        assertThat(ChipWord.ea(word)).isEqualTo(v.get("ea").asInt());
        assertThat(ChipWord.column(word)).isEqualTo(v.get("col").asInt());
        assertThat(ChipWord.row(word)).isEqualTo(v.get("row").asInt());
        assertThat(ChipWord.toa(word)).isEqualTo(v.get("toa").asInt());
        assertThat(ChipWord.tot(word)).isEqualTo(v.get("tot").asInt());
        assertThat(ChipWord.cal(word)).isEqualTo(v.get("cal").asInt());
    }

    private static void assertTrailer(long word, JsonNode v) {
        assertThat(ChipWord.chip(word)).isEqualTo(v.get("chip").asInt());
        assertThat(ChipWord.status(word)).isEqualTo(v.get("status").asInt());
        assertThat(ChipWord.hits(word)).isEqualTo(v.get("hits").asInt());
        assertThat(ChipWord.crc(word)).isEqualTo(v.get("crc").asInt());
    }

    @Test
    void crcOfBytesIsThatOfTheVectors() throws IOException {
        for (JsonNode v : vectors("crc8")) {
            int crc = 0;
            for (byte b : HexFormat.of().parseHex(v.get("bytes").asText().replace(" ", ""))) {
                crc = Crc8.ofByte(crc, b);
            }
            assertThat(crc).as(v.toString()).isEqualTo(v.get("crc").asInt());
        }
    }

    @Test
    void crcOfFramesIsThatOfTheVectors() throws IOException {
        for (JsonNode v : vectors("frames")) {
            int crc = 0;
            int before = 0;
            long word = 0;
            for (JsonNode w : v.get("words")) {
                word = hex(w);
                before = crc;
                crc = Crc8.ofWord(crc, word);
            }
            assertThat(crc == 0).as(v.toString()).isEqualTo(v.get("crc_ok").asBoolean());
            assertThat(Crc8.ofTrailer(before, word) == ChipWord.crc(word))
                    .isEqualTo(v.get("crc_ok").asBoolean());
        }
    }
}
