// Random play of two-player Hanabi by the C++ core of hanabi-learning-environment, through its
// plain C interface and nothing else: no Python runs while it is timed.
//
//     g++ -O2 -I DIR hanabi_reference_loop.cc DIR/libpyhanabi.so -Wl,-rpath,DIR -o loop
//     ./loop MOVES
//
// DIR is the folder of the installed package. Prints moves, processor seconds, and games ended.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "pyhanabi.h"

static uint64_t stream = 1;

static uint32_t random_below(uint32_t most) {
  stream = stream * 6364136223846793005ULL + 1442695040888963407ULL;
  return static_cast<uint32_t>(((stream >> 32) * most) >> 32);
}

static void deal(pyhanabi_state_t* state) {
  while (StateCurPlayer(state) < 0) StateDealRandomCard(state);
}

int main(int count, char** stated) {
  const long moves = count > 1 ? atol(stated[1]) : 100000;
  const char* settings[] = {"players", "2", "seed", "1"};
  pyhanabi_game_t game;
  pyhanabi_state_t state;
  pyhanabi_move_t move;
  NewGame(&game, 4, settings);
  long ended = 0;
  const clock_t start = clock();
  NewState(&game, &state);
  deal(&state);
  for (long played = 0; played < moves; ++played) {
    void* legal = StateLegalMoves(&state);
    GetMove(legal, random_below(NumMoves(legal)), &move);
    StateApplyMove(&state, &move);
    DeleteMove(&move);
    DeleteMoveList(legal);
    deal(&state);
    if (StateEndOfGameStatus(&state) != 0) {
      ++ended;
      DeleteState(&state);
      NewState(&game, &state);
      deal(&state);
    }
  }
  printf("%ld %f %ld\n", moves, double(clock() - start) / CLOCKS_PER_SEC, ended);
  return 0;
}
