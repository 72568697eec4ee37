/** Every maximum of the product, with its unit last. A queue that is full does what the comment beside its limit says. */

/** Ticks of 50 ms in a second (vanilla). */
export const TICKS_PER_SECOND = 20;
export const TICK_MILLIS = 50;

/** Entries that may be proposed and not yet final before ticking waits (agreement, rule 8). */
export const UNFINAL_ENTRIES_MAX = 20;
/** An entry is made at least this often while anyone plays. */
export const ENTRY_EVERY_TICKS_MAX = 20;
/** Commands of one player that may wait for execution; more are refused with `play.too-fast`. */
export const COMMANDS_QUEUED_PER_PLAYER_MAX = 256;
/** Commands in one entry; the rest wait for the next tick. */
export const COMMANDS_PER_ENTRY_MAX = 1024;
/** Encoded payload of one entry in bytes. */
export const ENTRY_BYTES_MAX = 8 * 1024 * 1024;

/** Reach from the eyes in blocks: vanilla's 4.5 (survival) and 5 (creative) plus 1 tolerance as vanilla's server. */
export const REACH_SURVIVAL_BLOCKS_MAX = 5.5;
export const REACH_CREATIVE_BLOCKS_MAX = 6;
export const CHAT_CHARACTERS_MAX = 256;
export const COMMAND_CHARACTERS_MAX = 32_500;
/** `/fill` in blocks, as vanilla's game rule `commandModificationBlockLimit`. */
export const FILL_BLOCKS_MAX = 32_768;

/** A chunk's uncompressed NBT; vanilla's are below 1 MiB, data packs reach a few. */
export const CHUNK_NBT_BYTES_MAX = 64 * 1024 * 1024;
export const NBT_DEPTH_MAX = 512;
/** Tags and list elements in one NBT value that is built as a tree: a few hundred bytes of memory each. */
export const NBT_TAGS_MAX = 4_000_000;

/** One file of the write-ahead log, reserved as a whole. */
export const LOG_SEGMENT_BYTES = 64 * 1024 * 1024;
/** Body of one log record. */
export const LOG_RECORD_BYTES_MAX = 16 * 1024 * 1024;
/** One write and one sync of the log; what waits beyond it forms the next. */
export const LOG_BATCH_BYTES_MAX = 8 * 1024 * 1024;
/** Bodies that wait for the log; more are refused with `store.full`. */
export const LOG_QUEUED_BYTES_MAX = 256 * 1024 * 1024;
/** Kept at the end of the last segment for forgetting (`trim`) when the disk is full. */
export const LOG_RESERVE_BYTES = 1024 * 1024;
/** Left free on the owner's disk, for the log alone: below it, blobs and new segments are refused with `store.full`. */
export const DISK_RESERVE_BYTES = 256 * 1024 * 1024;
/** One file of blobs; it is sealed when the next blob would not fit. */
export const PACK_BYTES = 128 * 1024 * 1024;
/** Uncompressed content of one blob. */
export const BLOB_BYTES_MAX = 64 * 1024 * 1024;
/** Pack files that are open at once; the longest unused is closed. */
export const PACKS_OPEN_MAX = 64;

export const VIEW_DISTANCE_CHUNKS_MAX = 16;
export const SIMULATION_DISTANCE_CHUNKS = 8;

/** The interface. Longer names and paths are refused with `bridge.bad-request`. */
export const NAME_CHARACTERS_MAX = 64;
export const PATH_CHARACTERS_MAX = 4096;
/** Lines of the node's log that the page shows; older ones fall out of the topic. */
export const LOG_LINES_SHOWN_MAX = 300;
/** One message from a page to the node in bytes; a larger one ends the connection with `bridge.frame-too-large`. */
export const BRIDGE_FRAME_BYTES_MAX = 256 * 1024;
/** Messages a second and in a burst that one page may send; more ends the connection with `bridge.rate-limited`. */
export const BRIDGE_FRAMES_PER_SECOND_MAX = 100;
export const BRIDGE_FRAMES_BURST_MAX = 400;
/** Topics that one page may listen to at once; more are refused with `bridge.rate-limited`. */
export const BRIDGE_STREAMS_MAX = 24;
/** A topic sends its next value no sooner than this after the last; what changes meanwhile is skipped for the newest. */
export const TOPIC_MILLIS_MIN = 50;
/** Wrong tokens or passwords from one address in a minute; more are turned away with `bridge.rate-limited`. */
export const BRIDGE_WRONG_KEYS_PER_MINUTE_MAX = 10;
/** A page that answers no ping for this long is gone. */
export const BRIDGE_SILENCE_MILLIS_MAX = 30_000;
/** Pages connected at once; further ones are turned away with `bridge.rate-limited`. */
export const BRIDGE_CONNECTIONS_MAX = 32;

/** Chunks that one shard loads or generates at the same time; the rest wait in order. */
export const CHUNK_LOADS_AT_ONCE_MAX = 16;
/** Encoded chunks that were generated and stay in memory; the oldest goes. About 10 KB each. */
export const GENERATED_CHUNKS_KEPT_MAX = 2048;
/** Chunks that one player's gateway request has under way at the same time. */
export const CHUNKS_SENT_AT_ONCE_MAX = 16;
/** A snapshot is made when the log has grown by this much since the last one, or after this time with changes. */
export const SNAPSHOT_LOG_BYTES = 32 * 1024 * 1024;
export const SNAPSHOT_MILLIS = 5 * 60_000;
/** Ticks that may be made up after a stall; older ones are dropped (the world was slower). */
export const TICKS_BEHIND_MAX = 10;
/** Keyframes of a player's position stand in the log this often while the player moves. */
export const KEYFRAME_TICKS = 20;
/** ... and this often while the player walks over items that could be picked up. */
export const KEYFRAME_NEAR_ITEMS_TICKS = 2;

/** Public keys whose check and parsed form are remembered; the oldest is forgotten first and checked again when it comes back. */
export const VERIFY_KEYS_CACHED_MAX = 4096;

/** Chunks around every online player, in each direction, in which entities and random ticks run. */
export const RANDOM_TICK_CHUNKS = 2;
/** Neighbour updates that one change may cause; further ones do not happen (vanilla: max-chained-neighbor-updates). */
export const NEIGHBOUR_UPDATES_MAX = 1_000_000;
/** Scheduled ticks executed in one tick; later ones wait for the next (vanilla 65,536). */
export const SCHEDULED_TICKS_PER_TICK_MAX = 65_536;
/** A command's position may be this far from the player's last keyframe, in blocks: a second of the fastest flight. */
export const POSE_FROM_KEYFRAME_BLOCKS_MAX = 100;

/** Block states of other versions or mods that one process can hold beside the version's own; more are refused as damage. */
export const UNKNOWN_STATES_MAX = 32_768;
/** A block state's, biome's or kind's full name in UTF-8 bytes, properties included. */
export const NAME_BYTES_MAX = 1024;
/** UTF-16 units of one line of a sign (vanilla's packet limit). */
export const SIGN_LINE_CHARACTERS_MAX = 384;

/** A chunk of the tallest world: 4,064 blocks. */
export const SECTIONS_PER_CHUNK_MAX = 254;
/** As many block entities as a full-height chunk of the overworld has blocks; vanilla's chunks hold a few hundred at most. */
export const BLOCK_ENTITIES_PER_CHUNK_MAX = 98_304;
/** Entities of one chunk that may become part of the state at once; a chunk with more keeps them as the save has them. */
export const ENTITIES_PER_CHUNK_MAX = 65_536;
/** Bytes of a save's entity chunk that may go into one entry, half of what an entry holds; a larger one stays as the save has it. */
export const ADOPTED_BYTES_MAX = ENTRY_BYTES_MAX / 2;
/** Pending ticks of one kind that a save keeps with a chunk. */
export const TICKS_PER_CHUNK_MAX = 1_000_000;

/** One text inside an entry in UTF-8 bytes: a slash command, a sign, the answer of /help. */
export const ENTRY_TEXT_BYTES_MAX = 4 * COMMAND_CHARACTERS_MAX;
/** Effects of one entry: a /fill of the largest allowed area with drops, ticks and neighbours. */
export const EFFECTS_PER_ENTRY_MAX = 1_000_000;

/** Jobs that wait for a worker thread; more are refused with `node.internal`. */
export const JOBS_QUEUED_MAX = 65_536;
/** Lines of text on one side of a sign (vanilla). */
export const SIGN_LINES = 4;

/** One table of a shard (players, entities, ticks): its buckets, and items in each. A snapshot beyond is refused as damaged. */
export const BUCKETS_PER_TABLE_MAX = 16_000_000;
export const ITEMS_PER_BUCKET_MAX = 4_000_000;
/** Region pages of one dimension: 4 million regions are 4 billion chunks. */
export const PAGES_PER_DIMENSION_MAX = 4_000_000;

/** Newest data version whose worlds can be played (1.21.1); newer ones are kept, verified and exported. */
export const PLAYABLE_DATA_VERSION_MAX = 3955;
/** Oldest data version whose chunks are read: blocks have names since then (17w47a, a snapshot of 1.13). */
export const IMPORTED_DATA_VERSION_MIN = 1451;
/** A file of a save is kept in blobs of at most this. */
export const FILE_PART_BYTES = 16 * 1024 * 1024;
/** NBT of level.dat or a player, uncompressed. Vanilla refuses above 100 MiB. */
export const FILE_NBT_BYTES_MAX = 100 * 1024 * 1024;
/** Parts of an import (128 chunks, up to 2 MB of content each) that are read or wait to be stored; the next waits for its turn. */
export const IMPORT_PARTS_UNDER_WAY_MAX = 8;

/** Heap of one worker thread that runs jobs. */
export const JOB_HEAP_MEGABYTES = 512;

/** Looking for saves in launchers' folders. What is beyond these is left out of the list, or counted as "more than". */
export const INSTANCES_PER_LAUNCHER_MAX = 500;
export const SAVES_FOUND_MAX = 1000;
export const SAVE_FILES_COUNTED_MAX = 20_000;
export const SAVE_DEPTH_MAX = 8;
export const LEVEL_DAT_BYTES_MAX = 32 * 1024 * 1024;
export const ICON_BYTES_MAX = 64 * 1024;
export const LAUNCHER_SETTINGS_BYTES_MAX = 4 * 1024 * 1024;
/** Damaged chunks that a refused import names; the others are in its count. A report names all. */
export const PROBLEMS_IN_ERROR_MAX = 1000;
/** Chunks of an export that are fetched at once; as many again are being encoded and written. */
export const EXPORT_CHUNKS_UNDER_WAY_MAX = 64;

/** Leaving: after this the node's process is ended, whatever it is at. Document 9's deadline. */
export const LEAVE_MILLIS_MAX = 10_000;
/** A node's process that dies is started again so often in a minute; then the window says that it does not run. */
export const NODE_RESTARTS_PER_MINUTE_MAX = 3;
export const DEEP_LINK_CHARACTERS_MAX = 4096;

/** States of the council that are remembered by height, for entries of shards that name an older one; the oldest goes. */
export const COUNCIL_HEIGHTS_KEPT_MAX = 1024;
